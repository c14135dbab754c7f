using Kalmar.Sandbox;

namespace Kalmar.Testing;

/// <summary>As <see cref="CephClusterFixture"/>, but with three monitors, and everything on the wire must be encrypted.</summary>
public sealed class SecureCephClusterFixture : CephClusterFixture
{
    protected override SandboxOptions Options(string folder) => base.Options(folder) with { Monitors = 3, Secure = true };
}
