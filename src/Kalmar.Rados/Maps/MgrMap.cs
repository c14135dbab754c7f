using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The managers of a cluster: Ceph's MgrMap, VER(11,6) in 16.2.0, 12 in Pacific and Reef's first, 13 in Reef, 14 since Squid.</summary>
public sealed partial record MgrMap : IWireEncodable<MgrMap>
{
    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = Newest;

    /// <summary>The map's version.</summary>
    public Epoch Epoch { get; init; }

    /// <summary>Where the active manager listens; empty while there is none.</summary>
    public EntityAddressVector ActiveAddresses { get; init; } = EntityAddressVector.Empty;

    /// <summary>The active manager's global id; 0 while there is none.</summary>
    public ulong ActiveGid { get; init; }

    /// <summary>Whether the active manager serves already.</summary>
    public bool IsAvailable { get; init; }

    /// <summary>The active manager's name; empty while there is none.</summary>
    public string ActiveName { get; init; } = "";

    /// <summary>Managers that wait, by global id.</summary>
    public ValueMap<ulong, MgrStandby> Standbys { get; init; } = ValueMap<ulong, MgrStandby>.Empty;

    /// <summary>Modules that are switched on.</summary>
    public ValueList<string> EnabledModules { get; init; } = [];

    /// <summary>Addresses that modules serve at, by module (<c>dashboard</c>, <c>prometheus</c>).</summary>
    public ValueMap<string, string> Services { get; init; } = ValueMap<string, string>.Empty;

    /// <summary>Modules that the active manager has.</summary>
    public ValueList<MgrModule> AvailableModules { get; init; } = [];

    /// <summary>When the active manager was last replaced.</summary>
    public Utime ActiveChange { get; init; }

    /// <summary>Modules that cannot be switched off, by release.</summary>
    public ValueMap<uint, ValueList<string>> AlwaysOnModules { get; init; } = ValueMap<uint, ValueList<string>>.Empty;

    /// <summary>The protocol features that the active manager announced.</summary>
    public ulong ActiveFeatures { get; init; }

    /// <summary>The OSD map's epoch in which the last failed manager was shut out.</summary>
    public Epoch LastFailureOsdEpoch { get; init; }

    /// <summary>RADOS clients inside the active manager.</summary>
    public ValueList<MgrClient> Clients { get; init; } = [];

    /// <summary>Flags (Reef): 1 is "down", the active manager was told to rest.</summary>
    public ulong Flags { get; init; }

    /// <summary>Always-on modules that were switched off by force (Squid).</summary>
    public ValueList<string> ForceDisabledModules { get; init; } = [];

    /// <summary>Whether there is an active manager.</summary>
    public bool HasActive => ActiveGid != 0;
}
