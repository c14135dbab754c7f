namespace Kalmar.Rados.Crush;

/// <summary>How a bucket chooses among its items, with Ceph's numbers.</summary>
public enum CrushAlgorithm
{
    /// <summary>All items weigh the same; changing their number moves nearly everything.</summary>
    Uniform = 1,

    /// <summary>A chain; made for buckets that only grow.</summary>
    List = 2,

    /// <summary>A binary tree of weights.</summary>
    Tree = 3,

    /// <summary>Straws with precomputed lengths; the default before Hammer.</summary>
    Straw = 4,

    /// <summary>Straws drawn with the logarithm of a hash; the default since Hammer.</summary>
    Straw2 = 5,
}
