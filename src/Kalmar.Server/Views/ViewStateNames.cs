using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Views;

/// <summary>Names of states for style sheets, and states of what Ceph says.</summary>
internal static class ViewStateNames
{
    /// <summary>The class in the style sheet.</summary>
    public static string Css(this ViewState state) => state switch
    {
        ViewState.Good => "good",
        ViewState.Busy => "busy",
        ViewState.Warning => "warning",
        ViewState.Bad => "bad",
        _ => "unknown",
    };

    /// <summary>The state of a health severity.</summary>
    public static ViewState ToViewState(this HealthSeverity severity) => severity switch
    {
        HealthSeverity.Ok => ViewState.Good,
        HealthSeverity.Warning => ViewState.Warning,
        _ => ViewState.Bad,
    };

    /// <summary>The state of a share of used space: Ceph warns at 85 % (nearfull) and stops at 95 % (full).</summary>
    /// <param name="ratio">0..1.</param>
    public static ViewState OfUsage(double ratio) => ratio >= 0.95 ? ViewState.Bad : ratio >= 0.85 ? ViewState.Warning : ViewState.Good;
}
