namespace Kalmar.Wire.Messages;

/// <summary>
/// From a manager to a monitor: paxos header, entity_addrvec, u64 global id, bool available, string name, uuid, set of module names,
/// vector of MonCommand, map metadata, map services, vector of ModuleInfo, u64 features, vector of entity_addrvec of its clients, vector
/// of their names.
/// </summary>
/// <param name="ServerAddresses">Where daemons reach it; empty until it is available.</param>
/// <param name="GlobalId">The manager's.</param>
/// <param name="IsAvailable">True when it takes reports and commands.</param>
/// <param name="Name">The manager's name.</param>
/// <param name="Fsid">The cluster.</param>
/// <param name="ModuleNames">Modules that it runs.</param>
/// <param name="Commands">The commands that it answers.</param>
/// <param name="Metadata">What <c>ceph mgr metadata</c> shows.</param>
/// <param name="Services">URLs by service name.</param>
/// <param name="Modules">What <c>ceph mgr module ls</c> shows.</param>
/// <param name="Features">The features of its messenger.</param>
/// <param name="ClientAddresses">Clients to blocklist when it fails.</param>
/// <param name="ClientNames">Their names, as many.</param>
public sealed record MMgrBeacon(
    EntityAddressVector ServerAddresses,
    ulong GlobalId,
    bool IsAvailable,
    string Name,
    Guid Fsid,
    IReadOnlyCollection<string> ModuleNames,
    IReadOnlyList<MonCommandDescription> Commands,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyDictionary<string, string> Services,
    IReadOnlyList<ModuleInfo> Modules,
    ulong Features,
    IReadOnlyList<EntityAddressVector> ClientAddresses,
    IReadOnlyList<string> ClientNames)
    : IMessage<MMgrBeacon>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MgrBeacon;

    /// <inheritdoc/>
    public static ushort WireVersion => 11;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 8;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMgrBeacon Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        PaxosHeader.Skip(ref reader);
        return new MMgrBeacon(
            EntityAddressVector.Read(ref reader),
            reader.ReadU64(),
            reader.ReadBool(),
            reader.ReadString(),
            reader.ReadUuid(),
            reader.ReadList(static (ref WireReader r) => r.ReadString(), 4),
            reader.ReadList<MonCommandDescription>(40),
            reader.ReadStringMap(),
            reader.ReadStringMap(),
            reader.ReadList<ModuleInfo>(30),
            reader.ReadU64(),
            reader.ReadList<EntityAddressVector>(5),
            reader.ReadList(static (ref WireReader r) => r.ReadString(), 4));
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PaxosHeader.Write(writer);
        ServerAddresses.Write(writer);
        writer.WriteU64(GlobalId);
        writer.WriteBool(IsAvailable);
        writer.WriteString(Name);
        writer.WriteUuid(Fsid);
        writer.WriteSortedStrings(ModuleNames);
        writer.WriteList(Commands);
        writer.WriteStringMap(Metadata);
        writer.WriteStringMap(Services);
        writer.WriteList(Modules);
        writer.WriteU64(Features);
        writer.WriteList(ClientAddresses);
        writer.WriteList(ClientNames, static (w, s) => w.WriteString(s));
    }
}
