using Kalmar.Rados.Maps;

namespace Kalmar.Server.Api;

/// <summary>The managers.</summary>
internal sealed record MgrMapSummary(bool Available, string Active, IReadOnlyList<string> Standbys)
{
    public static MgrMapSummary Of(MgrMap map) => new(map.IsAvailable, map.ActiveName, [.. map.Standbys.Values.Select(s => s.Name)]);
}
