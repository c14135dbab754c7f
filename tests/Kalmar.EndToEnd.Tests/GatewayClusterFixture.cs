using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary>One OSD, a metadata server with a file system, and an object gateway.</summary>
public sealed class GatewayClusterFixture : CephClusterFixture
{
    protected override SandboxOptions Options(string folder) => base.Options(folder) with { Osds = 1, Mds = true, Rgw = true };
}
