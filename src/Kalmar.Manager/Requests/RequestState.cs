namespace Kalmar.Manager.Requests;

/// <summary>Where a request stands; Calamari's two states.</summary>
public enum RequestState
{
    /// <summary>Taken and not at its end (<c>submitted</c>).</summary>
    Submitted,

    /// <summary>At its end, well or badly (<c>complete</c>).</summary>
    Complete,
}
