using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Server.Views;

/// <summary>Where each OSD stands in the CRUSH hierarchy: its host and its weight there. Shadow buckets of device classes are left out.</summary>
internal sealed class CrushPlaces
{
    private const string HostType = "host";
    private const double FullWeight = 0x10000;

    private readonly CrushMap _crush;
    private readonly Dictionary<int, (int Parent, uint Weight)> _parents = [];

    /// <summary>Reads the hierarchy of a map; O(its size).</summary>
    public CrushPlaces(CrushMap crush)
    {
        _crush = crush;
        foreach (CrushBucket? bucket in crush.Buckets)
        {
            if (bucket is null || crush.NameOf(bucket.Id).Contains('~', StringComparison.Ordinal))
            {
                continue;
            }

            for (int i = 0; i < bucket.Items.Count; i++)
            {
                _parents.TryAdd(bucket.Items[i], (bucket.Id, i < bucket.ItemWeights.Count ? bucket.ItemWeights[i] : 0));
            }
        }
    }

    /// <summary>The OSD's CRUSH weight; null when it stands nowhere.</summary>
    public double? WeightOf(OsdId osd) => _parents.TryGetValue(osd.Value, out (int, uint Weight) place) ? place.Weight / FullWeight : null;

    /// <summary>The name of the host bucket that the OSD stands in; empty when it stands in none.</summary>
    public string HostOf(OsdId osd)
    {
        int item = osd.Value;

        // A map can be wrong and hold a ring: no way up is longer than the number of buckets.
        for (int steps = 0; steps <= _crush.Buckets.Count && _parents.TryGetValue(item, out (int Parent, uint) place); steps++)
        {
            item = place.Parent;
            if (_crush.BucketOf(item) is { } bucket && string.Equals(_crush.TypeNameOf(bucket.Type), HostType, StringComparison.Ordinal))
            {
                return _crush.NameOf(item);
            }
        }

        return "";
    }
}
