using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Cli.Output;

/// <summary>Prints a snapshot for a terminal, in the order in which an operator asks.</summary>
internal sealed class StatusText(TextWriter output, bool colours, DateTimeOffset now)
{
    public void Write(ClusterSnapshot snapshot)
    {
        Line("cluster", $"{Safe(snapshot.Name)} {snapshot.Id?.ToString() ?? "(fsid not known yet)"}");
        WriteContact(snapshot.Contact);
        WriteHealth(snapshot);
        WriteServices(snapshot);
        WriteData(snapshot);
        foreach (MissingPrivilege missing in snapshot.Missing)
        {
            Line("missing", Colour(33, $"{missing.What}: this key needs {missing.Needs}"));
        }
    }

    private void WriteContact(ClusterContact contact)
    {
        string since = contact.LastHeard is { } heard ? $"last word {Units.Duration(now - heard)} ago" : "no word yet";
        string text = contact.State switch
        {
            ContactState.Connected => $"{contact.Monitor}",
            ContactState.QuorumLost => Colour(31, $"QUORUM LOST: {Safe(contact.Detail)}; {since}"),
            ContactState.Refused => Colour(31, $"refused: {Safe(contact.Detail)}"),
            _ => Colour(33, $"connecting: {Safe(contact.Detail)}"),
        };
        Line("contact", text);
    }

    private void WriteHealth(ClusterSnapshot snapshot)
    {
        if (snapshot.Health is not { } health)
        {
            return;
        }

        int colour = health.Value.Status switch { HealthSeverity.Ok => 32, HealthSeverity.Warning => 33, _ => 31 };
        Line("health", Colour(colour, health.Value.StatusText) + Stale(health, snapshot.Contact));
        foreach (HealthCheck check in health.Value.Checks)
        {
            Line("", $"{Safe(check.Code)}{(check.Muted ? " (muted)" : "")}: {Safe(check.Summary)}");
            foreach (string detail in check.Detail.Take(10))
            {
                Line("", $"    {Safe(detail)}");
            }
        }
    }

    private void WriteServices(ClusterSnapshot snapshot)
    {
        if (snapshot.Quorum is { } quorum)
        {
            int all = snapshot.MonMap?.Value.Monitors.Count ?? quorum.Value.Names.Count;
            IEnumerable<string> absent = snapshot.MonMap?.Value.Ranks.Except(quorum.Value.Names) ?? [];
            string missing = Safe(string.Join(' ', absent));
            Line("mon", $"{all} in the map, quorum {Safe(string.Join(' ', quorum.Value.Names))}, leader {Safe(quorum.Value.Leader)}"
                + (missing.Length > 0 ? Colour(33, $", out of quorum: {missing}") : "")
                + Stale(quorum, snapshot.Contact));
        }

        if (snapshot.MgrMap is { } mgr)
        {
            string standbys = Safe(string.Join(' ', mgr.Value.Standbys.Values.Select(s => s.Name)));
            Line("mgr", (mgr.Value.IsAvailable ? $"{Safe(mgr.Value.ActiveName)} active" : Colour(31, "no active mgr"))
                + (standbys.Length > 0 ? $", standby {standbys}" : "") + Epoch(mgr, snapshot.Contact));
        }

        WriteMetadataServers(snapshot);
        if (snapshot.OsdMap is { } osd)
        {
            OsdMap map = osd.Value;
            string counts = $"{map.OsdCount} OSDs: {map.UpCount} up, {map.InCount} in";
            Line("osd", (map.UpCount < map.OsdCount ? Colour(33, counts) : counts) + Epoch(osd, snapshot.Contact));
            string down = string.Join(' ', map.Osds.Where(o => !o.IsUp).Select(o => o.Id.ToString()).Take(20));
            if (down.Length > 0)
            {
                Line("", Colour(33, $"down: {down}"));
            }
        }

        foreach ((string name, ServiceEntry service) in snapshot.ServiceMap?.Value.ServicesWithoutMap ?? [])
        {
            string daemons = string.Join(' ', service.Daemons.Keys.Select(service.NameOf).Take(20));
            Line(Safe(name), Safe(service.Describe()) + (daemons.Length > 0 ? $": {Safe(daemons)}" : "") + Epoch(snapshot.ServiceMap!, snapshot.Contact));
        }
    }

    private void WriteMetadataServers(ClusterSnapshot snapshot)
    {
        if (snapshot.FsMap is not { } part || (part.Value.FileSystems.Count == 0 && part.Value.Standbys.Count == 0))
        {
            return;
        }

        foreach (CephFileSystem fs in part.Value.FileSystems)
        {
            MdsMap map = fs.MdsMap;
            string ranks = string.Join(", ", map.Daemons.Values.Where(d => d.Rank >= 0).OrderBy(d => d.Rank)
                .Select(d => $"{d.Name} {d.State.ToName()} (rank {d.Rank}){(d.IsLaggy ? " laggy" : "")}"));
            string text = $"{fs.Name}: {map.Up.Count}/{map.MaxMds} daemons up{(ranks.Length > 0 ? $", {ranks}" : "")}";
            Line("mds", (map.Up.Count < map.MaxMds ? Colour(33, Safe(text)) : Safe(text)) + Epoch(part, snapshot.Contact));
        }

        if (part.Value.Standbys.Count > 0)
        {
            Line(part.Value.FileSystems.Count == 0 ? "mds" : "", $"standby {Safe(string.Join(' ', part.Value.Standbys.Values.Select(s => s.Name)))}");
        }
    }

    private void WriteData(ClusterSnapshot snapshot)
    {
        if (snapshot.OsdMap is { } osd)
        {
            Line("pools", $"{osd.Value.Pools.Count}: {Safe(string.Join(' ', osd.Value.PoolNames.Values.Take(20)))}{(osd.Value.Pools.Count > 20 ? " …" : "")}");
        }

        if (snapshot.Pgs is { } pgs)
        {
            Line("objects", $"{pgs.Value.Objects}, {Units.Bytes(pgs.Value.DataBytes)}{Stale(pgs, snapshot.Contact)}");
            Line("pgs", $"{pgs.Value.Pgs}");
            foreach (PgStateCount state in pgs.Value.States)
            {
                string line = string.Create(CultureInfo.InvariantCulture, $"{state.Count,7} {Safe(state.State)}");
                Line("", state.State == "active+clean" ? line : Colour(33, line));
            }
        }

        if (snapshot.Capacity is { } capacity)
        {
            ClusterCapacity c = capacity.Value;
            Line("usage", string.Create(
                CultureInfo.InvariantCulture,
                $"{Units.Bytes(c.UsedBytes)} used, {Units.Bytes(c.AvailableBytes)} of {Units.Bytes(c.TotalBytes)} free ({c.UsedRatio:P1} used)")
                + Stale(capacity, snapshot.Contact));
        }

        if (snapshot.Io is { } io)
        {
            IoRates r = io.Value;
            Line("client", string.Create(
                CultureInfo.InvariantCulture,
                $"{Units.Bytes(r.ReadBytes)}/s read, {Units.Bytes(r.WriteBytes)}/s written, {r.ReadOps:0} + {r.WriteOps:0} op/s"));
            if (r.RecoveryBytes > 0 || r.RecoveryObjects > 0)
            {
                Line("recovery", string.Create(CultureInfo.InvariantCulture, $"{Units.Bytes(r.RecoveryBytes)}/s, {r.RecoveryObjects:0} objects/s"));
            }
        }
    }

    private string Epoch<T>(Part<T> part, ClusterContact contact) => Colour(90, $" (epoch {part.Epoch})") + Stale(part, contact);

    private string Stale<T>(Part<T> part, ClusterContact contact) =>
        part.IsStale(contact, now) ? Colour(31, $" [STALE, {Units.Duration(part.Age(now))} old]") : "";

    private string Colour(int code, string text) => colours ? $"\u001b[{code}m{text}\u001b[0m" : text;

    // Names and texts come from the cluster: a pool may be called anything, but it must not steer the terminal.
    private static string Safe(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;

    private void Line(string label, string text) => output.WriteLine($"{label,-9} {text}");
}
