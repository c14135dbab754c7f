using Kalmar.Collectors.Hosts;

namespace Kalmar.Collectors.Tests;

/// <summary>
/// Against what the kernel of this machine gave twice, ten seconds apart (6.18), and against files in the form of older kernels. Expected
/// values are worked out by hand from those files.
/// </summary>
public sealed class HostCollectorTests : HostCollectorTestBase
{
    [Fact]
    public async Task Cpu_two_readings_give_jiffies_per_second_and_percent()
    {
        await ReadTwice(new CpuCollector(Branch, Options(), Time));
        Assert.Equal(2, Sink["servers.h.cpu.cpu_count"]);
        Assert.Equal((218271 - 218004) / 10.0, Sink["servers.h.cpu.total.user"]);
        Assert.Equal((272858 - 271303) / 10.0, Sink["servers.h.cpu.total.idle"]);
        Assert.Equal((1856 - 1833) / 10.0, Sink["servers.h.cpu.total.softirq"]);
        Assert.Equal((113060 - 112900) / 10.0, Sink["servers.h.cpu.cpu1.user"]);
        Assert.Equal(0, Sink["servers.h.cpu.cpu0.guest_nice"]);

        // user 267, system 136, idle 1555, iowait 12, softirq 23 → 1993 in all, of which 1567 idle.
        Assert.Equal(100.0 * (1993 - 1567) / 1993, Sink["servers.h.cpu.percent"], 9);
        Assert.Equal(32, Sink.Count);
    }

    [Fact]
    public async Task Cpu_first_reading_gives_no_rates()
    {
        await Read(new CpuCollector(Branch, Options(), Time), "6.18/t0");
        Assert.Equal(["servers.h.cpu.cpu_count"], Sink.Paths);
    }

    [Fact]
    public async Task Cpu_normalized_total_is_divided_by_cores_and_cores_can_be_left_out()
    {
        await ReadTwice(new CpuCollector(Branch, Options() with { CpuNormalize = true, CpuPerCore = false }, Time));
        Assert.Equal((218271 - 218004) / 20.0, Sink["servers.h.cpu.total.user"]);
        Assert.DoesNotContain(Sink.Paths, path => path.Contains(".cpu0.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cpu_iowait_that_shrinks_gives_no_spike_and_no_percent()
    {
        CpuCollector cpu = new(Branch, Options(), Time);
        Proc.Write("stat", "cpu  100 0 0 100 50 0 0 0 0 0\ncpu0 100 0 0 100 50 0 0 0 0 0\n");
        await Run(cpu);
        Proc.Write("stat", "cpu  110 0 0 190 49 0 0 0 0 0\ncpu0 110 0 0 190 49 0 0 0 0 0\n");
        await Later(cpu, 10);
        Assert.Equal(1, Sink["servers.h.cpu.total.user"]);
        Assert.False(Sink.Has("servers.h.cpu.total.iowait"));
        Assert.False(Sink.Has("servers.h.cpu.percent"));
    }

    [Fact]
    public async Task Cpu_old_kernel_has_fewer_states()
    {
        CpuCollector cpu = new(Branch, Options(), Time);
        await Read(cpu, "2.6.32");
        await Later(cpu, 10);
        Assert.True(Sink.Has("servers.h.cpu.total.guest"));
        Assert.False(Sink.Has("servers.h.cpu.total.guest_nice"));
    }

    [Fact]
    public async Task Memory_is_in_bytes()
    {
        await Read(new MemoryCollector(Branch, Options()), "6.18/t0");
        Assert.Equal(24684096 * 1024.0, Sink["servers.h.memory.MemTotal"]);
        Assert.Equal(21327132 * 1024.0, Sink["servers.h.memory.MemAvailable"]);
        Assert.Equal(27877724 * 1024.0, Sink["servers.h.memory.Committed_AS"]);
        Assert.Equal(100.0 * (24684096 - 21327132) / 24684096, Sink["servers.h.memory.MemUsedPercentage"], 9);
        Assert.Equal(17, Sink.Count);
    }

    [Fact]
    public async Task Memory_old_kernel_without_available_takes_free_buffers_and_cache_for_it()
    {
        await Read(new MemoryCollector(Branch, Options()), "2.6.32");
        Assert.Equal(100.0 * (1020096 - 720096) / 1020096, Sink["servers.h.memory.MemUsedPercentage"], 9);
        Assert.False(Sink.Has("servers.h.memory.MemAvailable"));
    }

    [Fact]
    public async Task LoadAverage_is_also_given_per_core()
    {
        await Read(new LoadAverageCollector(Branch, Options()), "6.18/t0");
        Assert.Equal(4.16, Sink["servers.h.loadavg.01"]);
        Assert.Equal(7.00, Sink["servers.h.loadavg.05"]);
        Assert.Equal(4.61, Sink["servers.h.loadavg.15"]);
        Assert.Equal(2.08, Sink["servers.h.loadavg.01_normalized"]);
        Assert.Equal(1, Sink["servers.h.loadavg.processes_running"]);
        Assert.Equal(2362, Sink["servers.h.loadavg.processes_total"]);
    }

    [Fact]
    public async Task Network_counts_per_second_and_leaves_out_the_loopback()
    {
        NetworkCollector network = new(Branch, Options() with { ByteUnits = [ByteUnit.Byte, ByteUnit.Bit, ByteUnit.Kilobyte] }, Time);
        await Read(network, "2.6.32");
        Assert.Empty(Sink.Samples);
        Proc.Write("net/dev", "  eth0:123457789  100100    1    2    3     4          5         6 987654321   90000    7    8    9    10      11         22\n");
        await Later(network, 10);
        Assert.Equal(100, Sink["servers.h.network.eth0.rx_byte"]);
        Assert.Equal(800, Sink["servers.h.network.eth0.rx_bit"]);
        Assert.Equal(100 / 1024.0, Sink["servers.h.network.eth0.rx_kilobyte"]);
        Assert.Equal(10, Sink["servers.h.network.eth0.rx_packets"]);
        Assert.Equal(1, Sink["servers.h.network.eth0.tx_compressed"]);
        Assert.Equal(0, Sink["servers.h.network.eth0.tx_colls"]);
        Assert.Equal(16 + 4, Sink.Count);
    }

    [Fact]
    public async Task Network_this_kernel_leaves_out_what_is_no_wire()
    {
        await ReadTwice(new NetworkCollector(Branch, Options(), Time));
        Assert.All(Sink.Paths, path => Assert.StartsWith("servers.h.network.eth0.", path, StringComparison.Ordinal));
        Assert.Equal(16, Sink.Count);
    }

    [Fact]
    public async Task DiskUsage_two_readings_follow_diamonds_formulas()
    {
        await ReadTwice(new DiskUsageCollector(Branch, Options(), Time));
        const double Reads = 137407 - 137198;
        const double Writes = 169462 - 167104;
        const double ReadMs = 150031 - 149976;
        const double WriteMs = 72268 - 72047;
        const double ReadBytes = (5478546 - 5458434) * 512.0;
        const double WriteBytes = (10318816 - 10234688) * 512.0;
        const double IoMs = 81748 - 81500;
        const double WeightedMs = 235053 - 234677;
        Dictionary<string, double> expected = new(StringComparer.Ordinal)
        {
            ["reads"] = Reads,
            ["reads_merged"] = 0,
            ["reads_byte"] = ReadBytes,
            ["reads_milliseconds"] = ReadMs,
            ["writes"] = Writes,
            ["writes_merged"] = 67214 - 66960,
            ["writes_byte"] = WriteBytes,
            ["writes_milliseconds"] = WriteMs,
            ["io_in_progress"] = 0,
            ["io_milliseconds"] = IoMs,
            ["io_milliseconds_weighted"] = WeightedMs,
            ["reads_per_second"] = Reads / 10,
            ["writes_per_second"] = Writes / 10,
            ["read_byte_per_second"] = ReadBytes / 10,
            ["write_byte_per_second"] = WriteBytes / 10,
            ["average_request_size_byte"] = (ReadBytes + WriteBytes) / (Reads + Writes),
            ["average_queue_length"] = WeightedMs / 10_000,
            ["util_percentage"] = IoMs / 100,
            ["read_await"] = ReadMs / Reads,
            ["write_await"] = WriteMs / Writes,
            ["await"] = (ReadMs + WriteMs) / (Reads + Writes),
            ["iops"] = (Reads + Writes) / 10,
            ["io"] = Reads + Writes,
            ["service_time"] = IoMs / (Reads + Writes),
            ["concurrent_io"] = (Reads + Writes) / 10 * (IoMs / (Reads + Writes)) / 1000,
            ["read_requests_merged_per_second"] = 0,
            ["write_requests_merged_per_second"] = (67214 - 66960) / 10.0,
        };
        Assert.Equal(expected.Keys.Select(name => "servers.h.iostat.vda." + name).Order(StringComparer.Ordinal), Sink.Paths);
        foreach ((string name, double value) in expected)
        {
            Assert.Equal(value, Sink["servers.h.iostat.vda." + name], 9);
        }
    }

    [Fact]
    public async Task DiskUsage_old_kernel_counters_go_round_at_32_bits()
    {
        DiskUsageCollector disks = new(Branch, Options(), Time);
        await Read(disks, "2.6.32");
        Assert.Equal(["servers.h.iostat.dm-0.io_in_progress", "servers.h.iostat.sda.io_in_progress"], Sink.Paths);
        Proc.Write("diskstats", "   8       0 sda 1000 10 8000 400 2010 20 16080 204 3 3000 9\n");
        await Later(disks, 10);
        Assert.Equal(500, Sink["servers.h.iostat.sda.writes_milliseconds"]);
        Assert.Equal(10, Sink["servers.h.iostat.sda.io_milliseconds_weighted"]);
        Assert.Equal(3, Sink["servers.h.iostat.sda.io_in_progress"]);
        Assert.Equal(0, Sink["servers.h.iostat.sda.read_await"]);
        Assert.Equal(50, Sink["servers.h.iostat.sda.write_await"]);
    }

    [Fact]
    public async Task DiskUsage_disk_that_was_attached_anew_gives_no_spike()
    {
        DiskUsageCollector disks = new(Branch, Options(), Time);
        await Read(disks, "4.19");
        Assert.Equal(3, Sink.Count);
        Proc.Write("diskstats", " 259 0 nvme0n1 1 0 8 1 2 0 16 2 0 3 3 0 0 0 0\n");
        await Later(disks, 10);
        Assert.Equal(["servers.h.iostat.nvme0n1.io_in_progress"], Sink.Paths);
    }

    [Fact]
    public async Task DiskUsage_idle_disk_is_zero_unless_told_otherwise()
    {
        foreach ((bool sendZero, int expected) in new[] { (true, 27), (false, 1) })
        {
            DiskUsageCollector disks = new(Branch, Options() with { DiskSendZero = sendZero }, Time);
            Proc.Write("diskstats", "   8       0 sda 1 0 8 1 2 0 16 2 0 3 3\n");
            await Run(disks);
            await Later(disks, 10);
            Assert.Equal(expected, Sink.Count);
        }
    }

    [Fact]
    public async Task VmStat_counts_per_second()
    {
        await ReadTwice(new VmStatCollector(Branch, Options(), Time));
        Assert.Equal((2739273 - 2729217) / 10.0, Sink["servers.h.vmstat.pgpgin"]);
        Assert.Equal((17358224 - 17309606) / 10.0, Sink["servers.h.vmstat.pgfault"]);
        Assert.Equal((3493 - 3489) / 10.0, Sink["servers.h.vmstat.pgmajfault"]);
        Assert.Equal(0, Sink["servers.h.vmstat.oom_kill"]);
        Assert.Equal(7, Sink.Count);
    }

    [Fact]
    public async Task Sockets_are_counted_as_they_are()
    {
        await Read(new SocketsCollector(Branch, Options()), "6.18/t0");
        Assert.Equal(575, Sink["servers.h.sockets.used"]);
        Assert.Equal(436, Sink["servers.h.sockets.tcp_inuse"]);
        Assert.Equal(312, Sink["servers.h.sockets.tcp_tw"]);
        Assert.Equal(472, Sink["servers.h.sockets.tcp_alloc"]);
        Assert.Equal(0, Sink["servers.h.sockets.udp_mem"]);
        Assert.Equal(8, Sink.Count);
    }

    [Fact]
    public async Task Uptime_is_in_minutes_and_seconds()
    {
        await Read(new UptimeCollector(Branch, Options()), "2.6.32");
        Assert.Equal(3600.25, Sink["servers.h.uptime.seconds"]);
        Assert.Equal(3600.25 / 60, Sink["servers.h.uptime.minutes"]);
    }

    [Fact]
    public async Task DiskSpace_each_local_file_system_once_with_diamonds_names()
    {
        DiskSpaceCollector space = new(Branch, Options(), Time, _ => new FileSystemSpace(4096, 1000, 400, 300, 200, 150, 140));
        await Read(space, "6.18/t0");
        Assert.Equal(
            ["_mnt_my_disk_1", "_var_lib_ceph_osd_ceph-3", "root"],
            Sink.Paths.Select(path => path.Split('.')[3]).Distinct(StringComparer.Ordinal));
        Assert.Equal(600 * 4096, Sink["servers.h.diskspace.root.byte_used"]);
        Assert.Equal(400 * 4096, Sink["servers.h.diskspace.root.byte_free"]);
        Assert.Equal(300 * 4096, Sink["servers.h.diskspace.root.byte_avail"]);
        Assert.Equal(40, Sink["servers.h.diskspace.root.byte_percentfree"]);
        Assert.Equal(50, Sink["servers.h.diskspace.root.inodes_used"]);
        Assert.Equal(150, Sink["servers.h.diskspace.root.inodes_free"]);
        Assert.Equal(140, Sink["servers.h.diskspace.root.inodes_avail"]);
        Assert.Equal(75, Sink["servers.h.diskspace.root.inodes_percentfree"]);
        Assert.Equal(24, Sink.Count);
    }

    [Fact]
    public async Task DiskSpace_asks_for_the_path_as_it_is_on_disk()
    {
        List<string> asked = [];
        DiskSpaceCollector space = new(Branch, Options() with { ByteUnits = [ByteUnit.Gigabyte] }, Time, path =>
        {
            asked.Add(path);
            return new FileSystemSpace(1 << 30, 10, 5, 5, 0, 0, 0);
        });
        await Read(space, "6.18/t0");
        Assert.Equal(["/", "/var/lib/ceph/osd/ceph-3", "/mnt/my disk.1"], asked);
        Assert.Equal(5, Sink["servers.h.diskspace.root.gigabyte_used"]);
        Assert.False(Sink.Has("servers.h.diskspace.root.inodes_used"));
    }

    [Fact]
    public async Task DiskSpace_file_system_that_hangs_or_fails_stops_no_other()
    {
        using ManualResetEventSlim hang = new();
        int asked = 0;
        DiskSpaceCollector space = new(Branch, Options(), Time, path =>
        {
            if (path == "/")
            {
                Interlocked.Increment(ref asked);
                hang.Wait();
            }

            return path.StartsWith("/mnt", StringComparison.Ordinal)
                ? throw new CollectorException("cannot ask for the space of " + path)
                : new FileSystemSpace(4096, 1000, 400, 300, 200, 150, 140);
        });
        Proc.CopyFrom(TestData.Proc("6.18/t0"));
        for (int turn = 0; turn < 2; turn++)
        {
            Sink.Clear();
            Task run = Run(space);
            await Time.WaitForTimersAsync(1, TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
            while (Volatile.Read(ref asked) == 0)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            Time.Advance(TimeSpan.FromSeconds(3));
            CollectorException error = await Assert.ThrowsAsync<CollectorException>(() => run);
            Assert.Contains("/ does not answer", error.Message, StringComparison.Ordinal);
            Assert.Contains("/mnt/my disk.1", error.Message, StringComparison.Ordinal);
            Assert.Equal(8, Sink.Count);
        }

        Assert.Equal(1, asked);
        hang.Set();
    }

    [Fact]
    public async Task Missing_file_says_which()
    {
        foreach (ICollector collector in HostCollectors.Create(Branch, Time, Options() with { Interrupts = true }).Where(one => one.Name != "mdstat"))
        {
            CollectorException error = await Assert.ThrowsAsync<CollectorException>(() => Run(collector));
            Assert.Contains(Proc.Path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Garbage_is_an_error_or_nothing_but_never_a_crash()
    {
        Random random = new(7);
        string[] files = ["stat", "meminfo", "loadavg", "diskstats", "vmstat", "uptime", "net/dev", "net/sockstat", "self/mountinfo", "net/snmp", "net/netstat", "sys/fs/file-nr", "interrupts"];
        for (int round = 0; round < 20; round++)
        {
            foreach (string file in files)
            {
                string text = File.ReadAllText(Path.Combine(TestData.Proc("6.18/t0"), file));
                char[] garbled = text[..random.Next(text.Length)].ToCharArray();
                for (int i = 0; i < 20 && garbled.Length > 0; i++)
                {
                    garbled[random.Next(garbled.Length)] = (char)random.Next(256);
                }

                Proc.Write(file, new string(garbled));
            }

            foreach (ICollector collector in HostCollectors.Create(Branch, Time, Options() with { Interrupts = true }))
            {
                Exception? error = await Record.ExceptionAsync(() => Run(collector));
                Assert.True(error is null or CollectorException, $"round {round}, {collector.Name}: {error}");
            }
        }

        Assert.All(Sink.Paths, path => Assert.Matches("^servers\\.h\\.[a-z]+(\\.[^ ./]+){1,4}$", path));
    }

    [Fact]
    public async Task Live_kernel_of_this_machine_is_understood()
    {
        IReadOnlyList<ICollector> collectors = [.. HostCollectors.Create(Branch, TimeProvider.System, new HostCollectorOptions { Interrupts = true }).Where(one => one.Name != "mdstat")];
        foreach (ICollector collector in collectors)
        {
            await Run(collector);
        }

        Sink.Clear();
        await Task.Delay(50, TestContext.Current.CancellationToken);
        foreach (ICollector collector in collectors)
        {
            int before = Sink.Count;
            await Run(collector);
            Assert.True(Sink.Count > before, $"{collector.Name} published nothing");
        }

        Assert.Equal(Environment.ProcessorCount, Sink["servers.h.cpu.cpu_count"]);
        Assert.InRange(Sink["servers.h.memory.MemUsedPercentage"], 0.1, 100);
        DriveInfo root = new("/");
        Assert.Equal(root.TotalSize, Sink["servers.h.diskspace.root.byte_used"] + Sink["servers.h.diskspace.root.byte_free"]);
    }
}
