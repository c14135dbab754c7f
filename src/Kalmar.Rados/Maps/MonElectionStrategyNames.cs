namespace Kalmar.Rados.Maps;

/// <summary>Ceph's names of the ways in which monitors elect their leader.</summary>
public static class MonElectionStrategyNames
{
    /// <summary>All names, as <c>ceph mon set election_strategy</c> takes them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<MonElectionStrategy>().Select(ToName)];

    /// <summary>The strategy's name; <c>classic</c> for one that is not known here.</summary>
    /// <param name="strategy">The strategy.</param>
    public static string ToName(this MonElectionStrategy strategy) => strategy switch
    {
        MonElectionStrategy.Disallow => "disallow",
        MonElectionStrategy.Connectivity => "connectivity",
        _ => "classic",
    };

    /// <summary>The strategy of a name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static MonElectionStrategy? Parse(string name) =>
        Enum.GetValues<MonElectionStrategy>().Select(s => (MonElectionStrategy?)s).FirstOrDefault(s => s!.Value.ToName() == name);
}
