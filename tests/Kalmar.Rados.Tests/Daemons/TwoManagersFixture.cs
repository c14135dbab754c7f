using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.Rados.Tests.Daemons;

/// <summary>One monitor, one OSD, and a manager that stands by.</summary>
public sealed class TwoManagersFixture : CephClusterFixture
{
    protected override SandboxOptions Options(string folder) => base.Options(folder) with { Osds = 1, Managers = 2 };
}
