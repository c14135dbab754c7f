using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>The encoding.</content>
public sealed partial record MgrMap
{
    private const byte Newest = 14;
    private const byte Oldest = 9;

    /// <inheritdoc/>
    public static MgrMap Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MgrMap", Newest, out byte version);
        if (version < Oldest)
        {
            throw body.Error($"MgrMap version {version} is older than Octopus's");
        }

        var map = new MgrMap
        {
            EncodingVersion = Math.Min(version, Newest),
            Epoch = new Epoch(body.ReadU32()),
            ActiveAddresses = EntityAddressVector.Read(ref body),
            ActiveGid = body.ReadU64(),
            IsAvailable = body.ReadBool(),
            ActiveName = body.ReadString(),
            Standbys = body.ReadValueMap<ulong, MgrStandby>(static (ref WireReader r) => r.ReadU64(), 14),
            EnabledModules = body.ReadStrings(),
            Services = body.ReadTextMap(),
            AvailableModules = body.ReadValues<MgrModule>(15),
            ActiveChange = Utime.Read(ref body),
            AlwaysOnModules = body.ReadValueMap(static (ref WireReader r) => r.ReadU32(), static (ref WireReader r) => r.ReadStrings(), 8),
            ActiveFeatures = body.ReadU64(),
        };
        return version < 10 ? map : ReadSinceOctopus(ref body, map, version);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 6);
        writer.WriteU32(Epoch.Value);
        ActiveAddresses.Write(writer);
        writer.WriteU64(ActiveGid);
        writer.WriteBool(IsAvailable);
        writer.WriteString(ActiveName);
        writer.WriteMap(Standbys, static (w, k) => w.WriteU64(k), static (w, v) => v.Write(w));
        writer.WriteStrings(EnabledModules);
        writer.WriteTextMap(Services);
        writer.WriteList(AvailableModules);
        ActiveChange.Write(writer);
        writer.WriteMap(AlwaysOnModules, static (w, k) => w.WriteU32(k), static (w, v) => w.WriteStrings(v));
        writer.WriteU64(ActiveFeatures);
        WriteSinceOctopus(writer);
        writer.EndStruct(mark);
    }

    private static MgrMap ReadSinceOctopus(ref WireReader body, MgrMap map, byte version)
    {
        var failure = new Epoch(body.ReadU32());
        ValueList<EntityAddressVector> clients = version >= 11 ? body.ReadAddressVectors() : [];
        ValueList<string> names = version >= 12 ? body.ReadStrings() : [];
        if (version >= 12 && names.Count != clients.Count)
        {
            throw body.Error($"{clients.Count} clients but {names.Count} names");
        }

        return map with
        {
            LastFailureOsdEpoch = failure,
            Clients = [.. clients.Select((c, i) => new MgrClient(version >= 12 ? names[i] : "", c))],
            Flags = version >= 13 ? body.ReadU64() : 0,
            ForceDisabledModules = version >= 14 ? body.ReadStrings() : [],
        };
    }

    private void WriteSinceOctopus(WireWriter writer)
    {
        if (EncodingVersion >= 10)
        {
            writer.WriteU32(LastFailureOsdEpoch.Value);
        }

        if (EncodingVersion >= 11)
        {
            writer.WriteList(Clients, static (w, v) => v.Addresses.Write(w));
        }

        if (EncodingVersion >= 12)
        {
            writer.WriteList(Clients, static (w, v) => w.WriteString(v.Name));
        }

        if (EncodingVersion >= 13)
        {
            writer.WriteU64(Flags);
        }

        if (EncodingVersion >= 14)
        {
            writer.WriteStrings(ForceDisabledModules);
        }
    }
}
