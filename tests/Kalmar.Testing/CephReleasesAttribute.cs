using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Kalmar.Testing;

/// <summary>
/// Runs a theory with the name of each release of Ceph to test against: the installed one, and with <c>./test --reef</c> (KALMAR_TEST_REEF=1) also Reef.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CephReleasesAttribute : DataAttribute
{
    /// <summary>The packages of this machine: <see cref="CephClusterFixture"/>.</summary>
    public const string Installed = "installed";

    /// <summary>Ceph 18.2.7 from a chroot: <see cref="ReefClusterFixture"/>.</summary>
    public const string Reef = "reef";

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        string[] releases = Environment.GetEnvironmentVariable("KALMAR_TEST_REEF") is "1" ? [Installed, Reef] : [Installed];
        return new(releases.Select(r => new TheoryDataRow<string>(r)).ToArray());
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
