using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests;

/// <summary>Which requests are wanted; null is any.</summary>
public sealed record RequestFilter
{
    /// <summary>The cluster.</summary>
    public ClusterId? Cluster { get; init; }

    /// <summary>The state (<c>?state=</c>).</summary>
    public RequestState? State { get; init; }
}
