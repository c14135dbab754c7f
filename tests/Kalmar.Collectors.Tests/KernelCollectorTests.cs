using Kalmar.Collectors.Hosts;

namespace Kalmar.Collectors.Tests;

/// <summary>The collectors of the kernel's own counters, with what 6.18 gave twice, ten seconds apart.</summary>
public sealed class KernelCollectorTests : HostCollectorTestBase
{
    [Fact]
    public async Task Tcp_rates_and_connections()
    {
        await ReadTwice(new TcpCollector(Branch, Options(), Time));
        Assert.Equal(256, Sink["servers.h.tcp.CurrEstab"]);
        Assert.Equal(2.7, Sink["servers.h.tcp.ActiveOpens"], 9);
        Assert.Equal(1.4, Sink["servers.h.tcp.EstabResets"], 9);
        Assert.Equal(0.1, Sink["servers.h.tcp.RetransSegs"], 9);
        Assert.Equal(0, Sink["servers.h.tcp.TCPTimeouts"]);
        Assert.Equal(0, Sink["servers.h.tcp.ListenOverflows"]);
        Assert.False(Sink.Has("servers.h.tcp.RtoMax"));
    }

    [Fact]
    public async Task Udp_and_ip_rates()
    {
        await ReadTwice(new UdpCollector(Branch, Options(), Time));
        Assert.Equal(6, Sink.Count);
        Assert.Equal(0, Sink["servers.h.udp.InDatagrams"]);
        await ReadTwice(new IpCollector(Branch, Options(), Time));
        Assert.Equal(318.9, Sink["servers.h.ip.InReceives"], 9);
        Assert.Equal(318.9, Sink["servers.h.ip.OutRequests"], 9);
        Assert.Equal(9, Sink.Count);
    }

    [Fact]
    public async Task Snmp_file_without_the_protocol_is_an_error()
    {
        Proc.Write("net/snmp", "Icmp: InMsgs\nIcmp: 1\n");
        CollectorException error = await Assert.ThrowsAsync<CollectorException>(() => Run(new UdpCollector(Branch, Options(), Time)));
        Assert.Contains("'Udp:'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_switches_and_boot_time()
    {
        await ReadTwice(new ProcessStatCollector(Branch, Options(), Time));
        Assert.Equal(8199.7, Sink["servers.h.proc.ctxt"], 9);
        Assert.Equal(58.3, Sink["servers.h.proc.processes"], 9);
        Assert.Equal(2, Sink["servers.h.proc.procs_running"]);
        Assert.Equal(0, Sink["servers.h.proc.procs_blocked"]);
        Assert.Equal(1795222372, Sink["servers.h.proc.btime"]);
        Assert.Equal(5, Sink.Count);
    }

    [Fact]
    public async Task Files_are_counted_as_they_are()
    {
        await Read(new FileStatCollector(Branch, Options()), "6.18/t0");
        Assert.Equal(4098, Sink["servers.h.files.assigned"]);
        Assert.Equal(0, Sink["servers.h.files.unused"]);
        Assert.Equal(2466193, Sink["servers.h.files.max"]);
    }

    [Fact]
    public async Task SoftInterrupts_total_and_kinds()
    {
        await ReadTwice(new SoftInterruptCollector(Branch, Options(), Time));
        Assert.Equal(1250.4, Sink["servers.h.softirq.total"], 9);
        Assert.Equal(139.2, Sink["servers.h.softirq.1"], 9);
        Assert.Equal(180.3, Sink["servers.h.softirq.9"], 9);
        Assert.Equal(11, Sink.Count);
    }

    [Fact]
    public async Task Interrupts_are_named_after_chip_device_and_number()
    {
        await ReadTwice(new InterruptCollector(Branch, Options() with { InterruptsPerCore = true }, Time));
        Assert.Equal(247.7, Sink["servers.h.interrupts.PCI-MSIX-0000:00:02_0.1-edge_virtio1-req_0.36.total"], 9);
        Assert.Equal(247.7, Sink["servers.h.interrupts.PCI-MSIX-0000:00:02_0.1-edge_virtio1-req_0.36.CPU1"], 9);
        Assert.Equal(0, Sink["servers.h.interrupts.IO-APIC.5-edge_ACPI:Ged.24.total"]);
        Assert.Equal(1387.8, Sink["servers.h.interrupts.Local_timer_interrupts.total"], 9);
        Assert.Equal(0, Sink["servers.h.interrupts.ERR"]);
    }

    [Fact]
    public async Task Interrupts_of_old_kernels_and_shared_lines()
    {
        InterruptCollector interrupts = new(Branch, Options(), Time);
        Proc.Write("interrupts", "           CPU0       CPU1\n  0:        10          5   IO-APIC-edge      timer\n 16:  1  2   IO-APIC-fasteoi   ehci_hcd:usb1, ata_piix\n");
        await Run(interrupts);
        Proc.Write("interrupts", "           CPU0       CPU1\n  0:        20          5   IO-APIC-edge      timer\n 16:  2  3   IO-APIC-fasteoi   ehci_hcd:usb1, ata_piix\n");
        await Later(interrupts, 10);
        Assert.Equal(1, Sink["servers.h.interrupts.IO-APIC-edge.timer.0.total"]);
        Assert.Equal(0.2, Sink["servers.h.interrupts.IO-APIC-fasteoi.ehci_hcd:usb1-ata_piix.16.total"]);
        Assert.Equal(2, Sink.Count);
    }

    [Fact]
    public async Task MdStat_members_status_bitmap_and_recovery()
    {
        Proc.Write(
            "mdstat",
            """
            Personalities : [raid1] [raid6] [raid5] [raid4]
            md0 : active raid1 sdd2[0] sdb2[2](S) sdc2[1]
                  100171776 blocks super 1.2 [2/2] [UU]
                  bitmap: 1/2 pages [4KB], 65536KB chunk

            md1 : active (auto-read-only) raid5 sdg1[3] sdf1[1](F) sde1[0]
                  200 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [U_U]
                  [=====>...............]  recovery = 28.4% (568/2000) finish=1.5min speed=102272K/sec

            md2 : inactive sdh1[0](S)
                  8 blocks

            unused devices: <none>

            """);
        await Run(new MdStatCollector(Branch, Options()));
        Dictionary<string, double> expected = new(StringComparer.Ordinal)
        {
            ["md0.member_count.active"] = 2,
            ["md0.member_count.faulty"] = 0,
            ["md0.member_count.spare"] = 1,
            ["md0.status.blocks"] = 100171776,
            ["md0.status.superblock_version"] = 1.2,
            ["md0.status.total_members"] = 2,
            ["md0.status.actual_members"] = 2,
            ["md0.bitmap.allocated_pages"] = 1,
            ["md0.bitmap.total_pages"] = 2,
            ["md0.bitmap.page_size"] = 4096,
            ["md0.bitmap.chunk_size"] = 67108864,
            ["md1.member_count.active"] = 2,
            ["md1.member_count.faulty"] = 1,
            ["md1.member_count.spare"] = 0,
            ["md1.status.blocks"] = 200,
            ["md1.status.superblock_version"] = 1.2,
            ["md1.status.raid_level"] = 5,
            ["md1.status.chunk_size"] = 524288,
            ["md1.status.total_members"] = 3,
            ["md1.status.actual_members"] = 2,
            ["md1.recovery.percent"] = 28.4,
            ["md1.recovery.speed"] = 104726528,
            ["md1.recovery.remaining_time"] = 90000,
            ["md2.member_count.active"] = 0,
            ["md2.member_count.faulty"] = 0,
            ["md2.member_count.spare"] = 1,
            ["md2.status.blocks"] = 8,
        };
        Assert.Equal(expected.Keys.Select(name => "servers.h.mdstat." + name).Order(StringComparer.Ordinal), Sink.Paths);
        Assert.All(expected, pair => Assert.Equal(pair.Value, Sink["servers.h.mdstat." + pair.Key]));
    }

    [Fact]
    public async Task MdStat_machine_without_software_raid_has_no_samples()
    {
        await Run(new MdStatCollector(Branch, Options()));
        Assert.Empty(Sink.Samples);
    }
}
