using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>
/// The list of all OSDs as JSON, kept for as long as the map and what the daemons told are the same. In the next map most OSDs are as they were: their
/// bytes are taken over, and only the others are written anew (measured with 4,000 OSDs: see docs/benchmarks.md). Thread-safe.
/// </summary>
internal sealed class OsdList
{
    private const int BytesForOsd = 480;

    private static readonly ConditionalWeakTable<Part<OsdMap>, OsdList> Lists = [];

    // One for each cluster that was ever watched.
    private static readonly ConcurrentDictionary<Guid, OsdList> Newest = new();

    private readonly IReadOnlyDictionary<DaemonName, DaemonMetadata>? _metadata;
    private readonly Piece[] _pieces;

    private OsdList(IReadOnlyDictionary<DaemonName, DaemonMetadata>? metadata, Piece[] pieces, ReadOnlyMemory<byte> body, string tag) =>
        (_metadata, _pieces, Body, Tag) = (metadata, pieces, body, tag);

    /// <summary>The list.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Its ETag.</summary>
    public string Tag { get; }

    /// <summary>The list of a snapshot.</summary>
    public static OsdList Of(ClusterSnapshot cluster)
    {
        OsdMap map = cluster.Map();
        Part<OsdMap> part = cluster.OsdMap!;
        if (Lists.TryGetValue(part, out OsdList? known) && ReferenceEquals(known._metadata, cluster.Metadata?.Value))
        {
            return known;
        }

        OsdList made = Make(cluster, map, Newest.GetValueOrDefault(map.Fsid));
        Lists.AddOrUpdate(part, made);
        Newest[map.Fsid] = made;
        return made;
    }

    private static OsdList Make(ClusterSnapshot cluster, OsdMap map, OsdList? before)
    {
        IReadOnlyDictionary<DaemonName, DaemonMetadata>? metadata = cluster.Metadata?.Value;
        bool sameMetadata = before is not null && ReferenceEquals(before._metadata, metadata);

        // One buffer of about the right size from the start: growing one of megabytes costs more than filling it.
        ArrayBufferWriter<byte> output = new(before is null ? (map.MaxOsd * BytesForOsd) + 2 : before.Body.Length + 4096);
        var pieces = new Piece[map.MaxOsd];
        using Utf8JsonWriter writer = new(output, ApiJson.Writer);
        output.Write("["u8);
        foreach (OsdEntry osd in map.Osds)
        {
            int id = osd.Id.Value;
            if (output.WrittenCount > 1)
            {
                output.Write(","u8);
            }

            int start = output.WrittenCount;
            Piece? old = before is not null && id < before._pieces.Length ? before._pieces[id] : null;
            DaemonMetadata? told = sameMetadata && old is { Length: > 0 } ? old.Value.Metadata : metadata?.GetValueOrDefault(DaemonName.Of(osd.Id));
            Piece piece = Piece.Of(osd, told) with { Start = start };
            if (old is { Length: > 0 } kept && kept.IsSame(piece))
            {
                output.Write(before!.Body.Span.Slice(kept.Start, kept.Length));
            }
            else
            {
                writer.Reset();
                OsdWriter.Write(writer, OsdReader.Of(cluster, osd));
                writer.Flush();
            }

            pieces[id] = piece with { Length = output.WrittenCount - start };
        }

        output.Write("]"u8);
        return new OsdList(metadata, pieces, output.WrittenMemory, Answers.Tag(cluster.OsdMap, output.WrittenSpan));
    }

    /// <summary>Where an OSD stands in the list, and all that its bytes were made of.</summary>
    private readonly record struct Piece(
        int Start,
        int Length,
        bool IsUp,
        uint Weight,
        Guid Uuid,
        EntityAddressVector Client,
        EntityAddressVector Cluster,
        DaemonMetadata? Metadata,
        IReadOnlyList<long> Pools,
        IReadOnlyList<IReadOnlyList<int>> Ancestry)
    {
        public static Piece Of(OsdEntry osd, DaemonMetadata? told) => new(
            0, 0, osd.IsUp, osd.RawWeight, OsdReader.Uuid(osd), osd.ClientAddresses, osd.ClusterAddresses, told, OsdReader.PoolsOf(osd.Map, osd.Id),
            OsdReader.Reach(osd.Map).Ancestry(osd.Id.Value));

        /// <summary>True when the bytes would be the same. An ancestry is the same object for as long as the CRUSH map, with its names, is.</summary>
        public bool IsSame(Piece other) => IsUp == other.IsUp && Weight == other.Weight && Uuid == other.Uuid
            && ReferenceEquals(Metadata, other.Metadata) && ReferenceEquals(Ancestry, other.Ancestry)
            && IsSame(Client, other.Client) && IsSame(Cluster, other.Cluster)
            && (ReferenceEquals(Pools, other.Pools) || Pools.SequenceEqual(other.Pools));

        private static bool IsSame(EntityAddressVector one, EntityAddressVector other) =>
            ReferenceEquals(one, other) || one.Addresses.SequenceEqual(other.Addresses);
    }
}
