using Kalmar.Manager.Clusters;
using Kalmar.Server.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Pages;

/// <summary>A page about one cluster. It takes one snapshot and shows nothing else.</summary>
public abstract class ClusterPage : ComponentBase
{
    /// <summary>The pages of a cluster: last part of the address, title.</summary>
    internal static readonly (string Name, string Title)[] Tabs =
        [("", "Overview"), ("osds", "OSDs"), ("pools", "Pools"), ("pgs", "PGs"), ("daemons", "Daemons")];

    /// <summary>The cluster in the address.</summary>
    [Parameter]
    public string Key { get; set; } = "";

    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext Context { get; set; } = default!;

    /// <summary>All clusters.</summary>
    [Inject]
    protected IClusterDirectory Clusters { get; set; } = default!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>What the page is about; null when no such cluster is watched.</summary>
    protected PageMoment? Moment { get; private set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ClusterKey.Find(Clusters, Key) is { } cluster)
        {
            Moment = new PageMoment(cluster, Time.GetUtcNow());
        }
        else
        {
            Context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
