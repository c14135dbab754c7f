using System.Text.RegularExpressions;

namespace Kalmar.Collectors.Hosts;

/// <summary>What the collectors of a host have in common, and what can be set about each.</summary>
public sealed partial record HostCollectorOptions
{
    /// <summary>How often they run.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the kernel's files are.</summary>
    public string ProcRoot { get; init; } = "/proc";

    /// <summary>Units of sizes in the series of disk space, disks and network interfaces; each gives series of its own.</summary>
    public IReadOnlyList<ByteUnit> ByteUnits { get; init; } = [ByteUnit.Byte];

    /// <summary>cpu: true for a branch for each core beside <c>total</c>.</summary>
    public bool CpuPerCore { get; init; } = true;

    /// <summary>cpu: true to divide <c>total</c> by the number of cores, so that it goes to 100 on every machine.</summary>
    public bool CpuNormalize { get; init; }

    /// <summary>
    /// diskspace: file systems of these types are asked for their space. Those of a network are left out by default: a server that is gone
    /// makes the question hang.
    /// </summary>
    public IReadOnlySet<string> FileSystems { get; init; } =
        new HashSet<string>(["ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "vfat"], StringComparer.Ordinal);

    /// <summary>diskspace: mount points that are left out, or null for none. Those below /dev, /proc and /sys always are.</summary>
    public Regex? ExcludedMounts { get; init; }

    /// <summary>iostat: devices that are collected. By default disks, partitions, MD, device mapper, NVMe, virtual disks, RBD and bcache.</summary>
    public Regex Devices { get; init; } = DefaultDevices();

    /// <summary>iostat: false to leave out a disk in an interval without any I/O, as Diamond does by default.</summary>
    public bool DiskSendZero { get; init; } = true;

    /// <summary>network: interfaces that are left out. By default the loopback, bridges of containers and machines, tunnels and the like.</summary>
    public Regex ExcludedInterfaces { get; init; } = DefaultExcludedInterfaces();

    /// <summary>interrupts: true to have them collected at all; a large machine has hundreds.</summary>
    public bool Interrupts { get; init; }

    /// <summary>interrupts: true for a series for each core beside <c>total</c>: hundreds times the cores.</summary>
    public bool InterruptsPerCore { get; init; }

    [GeneratedRegex(
        @"^(?:sd[a-z]+\d*|x?vd[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?|md\d+(?:p\d+)?|dm-\d+|rbd\d+(?:p\d+)?|bcache\d+|disk\d+)$",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex DefaultDevices();

    [GeneratedRegex(
        @"^(?:lo|veth.*|docker.*|br-.*|virbr.*|vnet.*|ifb.*|dummy.*|cali.*|flannel.*|cni.*|lxc.*|tunl.*|sit.*|gre.*|gretap.*|erspan.*|ip6.*)$",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex DefaultExcludedInterfaces();
}
