using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>
/// All versions of the OSD map of a real cluster (Ceph 16.2.15, one monitor, three OSDs) while pools, snapshots, profiles, flags, weights,
/// exceptions, blocklist, tiers and OSDs came, changed and went: incrementals and full maps from the monitor's store, and some of them as
/// <c>ceph osd dump</c> prints them.
/// </summary>
internal sealed class RecordedMaps
{
    public static RecordedMaps Pacific { get; } = new("osdmaps-16.2.15.tar.gz");

    private RecordedMaps(string name)
    {
        string path = Path.Combine(Corpus.Root, "..", "Kalmar.Rados.Tests", "Maps", "Data", name);
        using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.DataStream is not { } data)
            {
                continue;
            }

            using var copy = new MemoryStream();
            data.CopyTo(copy);
            string[] parts = entry.Name.TrimStart('.', '/').Split('/');
            if (parts is ["inc", var inc])
            {
                Incrementals[uint.Parse(inc, CultureInfo.InvariantCulture)] = copy.ToArray();
            }
            else if (parts is ["full", var full])
            {
                Full[uint.Parse(full, CultureInfo.InvariantCulture)] = copy.ToArray();
            }
            else if (parts is [var dump] && dump.StartsWith("dump-", StringComparison.Ordinal))
            {
                Dumps[uint.Parse(Path.GetFileNameWithoutExtension(dump)[5..], CultureInfo.InvariantCulture)] = JsonDocument.Parse(copy.ToArray());
            }
        }
    }

    public SortedDictionary<uint, byte[]> Incrementals { get; } = [];

    public SortedDictionary<uint, byte[]> Full { get; } = [];

    public SortedDictionary<uint, JsonDocument> Dumps { get; } = [];
}
