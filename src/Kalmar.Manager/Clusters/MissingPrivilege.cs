namespace Kalmar.Manager.Clusters;

/// <summary>Something that our key does not let us see, and what would.</summary>
/// <param name="What">What is missing on the page, for example "usage of each OSD".</param>
/// <param name="Needs">The caps that it needs, for example <c>mgr 'allow r'</c>.</param>
/// <param name="Refusal">The cluster's own words.</param>
public sealed record MissingPrivilege(string What, string Needs, string Refusal);
