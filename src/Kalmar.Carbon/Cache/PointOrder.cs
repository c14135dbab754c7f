using System.Runtime.CompilerServices;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Cache;

/// <summary>Brings points into the order of time; of points with the same time the one that came last stays.</summary>
internal static class PointOrder
{
    /// <summary>Sorts in place.</summary>
    /// <returns>How many points are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Sort(WhisperPoint[] points, int count)
    {
        bool ordered = true;
        for (int i = 1; i < count && ordered; i++)
        {
            ordered = points[i - 1].Timestamp < points[i].Timestamp;
        }

        if (ordered)
        {
            return count;
        }

        ulong[] keys = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = ((ulong)points[i].Timestamp << 32) | (uint)i;
        }

        Array.Sort(keys, points, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (i + 1 == count || points[i + 1].Timestamp != points[i].Timestamp)
            {
                points[kept++] = points[i];
            }
        }

        return kept;
    }
}
