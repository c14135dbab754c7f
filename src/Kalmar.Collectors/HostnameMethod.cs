namespace Kalmar.Collectors;

/// <summary>How a host is named in its series: Diamond's <c>hostname_method</c>, without the one that runs a shell command.</summary>
public enum HostnameMethod
{
    /// <summary>The first label of the full name; the first label of the short one when the full one is <c>localhost</c>. Diamond's default.</summary>
    Smart,

    /// <summary>The full name with its dots made underscores: <c>ceph1_example_com</c>. What Calamari's graphs ask for.</summary>
    Fqdn,

    /// <summary>The first label of the full name.</summary>
    FqdnShort,

    /// <summary>The labels of the full name in reverse, as nodes of the tree: <c>com.example.ceph1</c>.</summary>
    FqdnReversed,

    /// <summary>The first label of the kernel's node name.</summary>
    UnameShort,

    /// <summary>The labels of the kernel's node name in reverse, as nodes of the tree.</summary>
    UnameReversed,

    /// <summary>The host name, with its dots made underscores.</summary>
    Hostname,

    /// <summary>The first label of the host name.</summary>
    HostnameShort,

    /// <summary>The labels of the host name in reverse, as nodes of the tree.</summary>
    HostnameReversed,

    /// <summary>No host in the path at all.</summary>
    None,
}
