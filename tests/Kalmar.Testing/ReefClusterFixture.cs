using Kalmar.Sandbox.Tools;

namespace Kalmar.Testing;

/// <summary>
/// As <see cref="CephClusterFixture"/>, but of Ceph 18.2.7, in the chroot that <c>tests/reef-chroot.sh</c> makes. Slow to make, and for root only, and so
/// started only when asked for: a test takes both fixtures and, with <c>[Theory, CephReleases]</c>, the release, and is run once more with Reef
/// then. Nothing is ever skipped.
/// </summary>
public sealed class ReefClusterFixture : CephClusterFixture
{
    /// <summary>Runs the release's own programs.</summary>
    protected override async Task<IToolRunner> RunnerAsync() => await ReefToolRunner.MakeAsync(TestContext.Current.CancellationToken);
}
