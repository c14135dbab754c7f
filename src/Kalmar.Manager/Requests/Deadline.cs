using System.Globalization;

namespace Kalmar.Manager.Requests;

/// <summary>A point in time by the monotonic clock until which something may take.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan patience)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>What is left; never negative, and never zero, which would mean "at once" to some.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = patience - time.GetElapsedTime(_start);
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>True when the time is over.</summary>
    public bool IsOver => time.GetElapsedTime(_start) >= patience;

    /// <summary>The whole patience in seconds, to be shown.</summary>
    public string Seconds => patience.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
