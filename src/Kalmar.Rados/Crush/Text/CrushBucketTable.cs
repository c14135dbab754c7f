using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush.Text;

/// <summary>The buckets by index -1-id; the table doubles from eight places on, and its length is what Ceph writes as max_buckets.</summary>
internal sealed class CrushBucketTable
{
    /// <summary>The lowest id is minus this: there is a place for each id down to the lowest one.</summary>
    public const int Most = 1 << 20;

    private CrushBucket?[] _buckets = [];

    public IEnumerable<CrushBucket> All => _buckets.OfType<CrushBucket>();

    public CrushBucket? Find(int id) => id < 0 && -1 - id < _buckets.Length ? _buckets[-1 - id] : null;

    public void Add(CrushBucket bucket)
    {
        int size = Math.Max(_buckets.Length, 8);
        while (-1 - bucket.Id >= size)
        {
            size *= 2;
        }

        Array.Resize(ref _buckets, size);
        _buckets[-1 - bucket.Id] = bucket;
    }

    public ValueList<CrushBucket?> ToList() => [.. _buckets];
}
