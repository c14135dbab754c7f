using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.State;
using Kalmar.Rados.Maps;
using Kalmar.Server;
using Kalmar.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kalmar.Benchmarks.Server;

/// <summary>
/// <c>GET /api/v2/cluster/FSID/osd</c> over loopback: <c>api-osds MAP [REQUESTS]</c>, MAP being the bytes of an OSD map. Every request is whole
/// (sign-in, role, answer); every tenth follows a new map, so that the list is written anew.
/// </summary>
internal static class OsdListBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [string file, ..])
        {
            Console.Error.WriteLine("api-osds MAP [REQUESTS]");
            return 64;
        }

        int requests = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 500;
        OsdMap map = Read(await File.ReadAllBytesAsync(file));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kalmar-bench-");
        try
        {
            OneMap clusters = new(map);
            await using StateStore store = await StateStore.OpenAsync(new SqliteDatabase(Path.Combine(folder.FullName, "state.db")), TimeProvider.System, default);
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<IClusterDirectory>(clusters);
            builder.Services.AddSingleton(store);
            builder.Services.AddKalmarServer(new KalmarServerOptions { DataDirectory = folder.FullName });
            await using WebApplication app = builder.Build();
            app.MapKalmar();
            FirstAdministrator admin = (await app.EnsureAdministratorAsync(default))!;
            await app.StartAsync();
            using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{admin.Name}:{admin.Password}")));
            await MeasureAsync(client, clusters, 30, print: false);
            await MeasureAsync(client, clusters, requests, print: true);
            await app.StopAsync();
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(HttpClient client, OneMap clusters, int requests, bool print)
    {
        List<double> all = [];
        List<double> fresh = [];
        double freshCpu = 0;
        long bytes = 0;
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (int i = 0; i < requests; i++)
        {
            bool isNew = i % 10 == 0;
            if (isNew)
            {
                clusters.Next();
            }

            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            byte[] body = await client.GetByteArrayAsync($"/api/v2/cluster/{clusters.Id}/osd");
            double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            all.Add(ms);
            bytes = body.Length;
            if (isNew)
            {
                fresh.Add(ms);
                freshCpu += (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
            }
        }

        if (print)
        {
            double used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / requests;
            Console.WriteLine($"{clusters.Count} OSDs, {bytes} bytes, {requests} requests: median {At(all, 0.5):0.00} ms, p99 {At(all, 0.99):0.00} ms; "
                + $"after a new map median {At(fresh, 0.5):0.00} ms, worst {fresh.Max():0.00} ms, {freshCpu / fresh.Count:0.00} CPU-ms; {used:0.00} CPU-ms a request, client included");
        }
    }

    private static double At(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    private static OsdMap Read(byte[] bytes)
    {
        WireReader reader = new(bytes, "OSDMap");
        OsdMap map = OsdMap.Read(ref reader);

        // osdmaptool makes OSDs that have never run: here they all do, with addresses and uuids of full length.
        return map with
        {
            States = Each(map, _ => OsdState.Exists | OsdState.Up),
            Weights = Each(map, _ => OsdMap.FullWeight),
            ClientAddresses = Each(map, i => Address(i, 6800)),
            ClusterAddresses = Each(map, i => Address(i, 6900)),
            Uuids = Each(map, i => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        };
    }

    private static ValueList<T> Each<T>(OsdMap map, Func<int, T> one) => ValueList.Create<T>([.. Enumerable.Range(0, map.MaxOsd).Select(one)]);

    private static EntityAddressVector Address(int osd, int port) =>
        new([new EntityAddress(EntityAddressType.Legacy, (uint)osd, new IPEndPoint(new IPAddress([10, 0, (byte)(osd >> 8), (byte)osd]), port))]);

    private static DaemonMetadata Metadata(OsdId osd) => new(DaemonName.Of(osd), $"node{osd.Value / 20}.example.org", "16.2.15", "pacific", new Dictionary<string, string>
    {
        ["devices"] = "sdb",
        ["osd_data"] = $"/var/lib/ceph/osd/ceph-{osd.Value}",
        ["bluestore_bdev_partition_path"] = "/dev/dm-3",
    });

    /// <summary>One cluster whose map gets a new epoch when told.</summary>
    private sealed class OneMap(OsdMap map) : IClusterDirectory
    {
        private readonly Part<IReadOnlyDictionary<DaemonName, DaemonMetadata>> _metadata = new(
            map.Osds.Select(o => Metadata(o.Id)).ToDictionary(d => d.Name), null, TimeProvider.System.GetUtcNow(), "mon.a osd metadata");

        private ClusterSnapshot _snapshot = Snapshot(map, 1);

        public Guid Id => map.Fsid;

        public int Count => map.OsdCount;

        public IReadOnlyList<ClusterSnapshot> Snapshots => [_snapshot];

        public long Version => _snapshot.Version;

        public ClusterSnapshot? Find(ClusterId id) => id.Value == map.Fsid ? _snapshot : null;

        public Task<long> WaitForChangeAsync(long version, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => version, TaskScheduler.Default);

        // As maps come: a few OSDs are other than before, here 1 in 200, and one at least.
        public void Next()
        {
            long version = _snapshot.Version + 1;
            OsdMap before = _snapshot.OsdMap!.Value;
            uint[] weights = [.. before.Weights];
            for (int i = 0; i <= weights.Length / 200; i++)
            {
                weights[(int)((version * 31) + (i * 17)) % weights.Length] = (uint)(OsdMap.FullWeight - (version % 1000) - 1);
            }

            _snapshot = Snapshot(before with { Epoch = new Epoch((uint)version), Weights = ValueList.Create<uint>(weights) }, version) with { Metadata = _metadata };
        }

        private static ClusterSnapshot Snapshot(OsdMap map, long version)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            return new ClusterSnapshot
            {
                Id = new ClusterId(map.Fsid),
                Name = "ceph",
                Version = version,
                Changed = now,
                Contact = new ClusterContact(ContactState.Connected, now, now, "mon.a", ""),
                OsdMap = new Part<OsdMap>(map, map.Epoch, now, "mon.a osdmap"),
            };
        }
    }
}
