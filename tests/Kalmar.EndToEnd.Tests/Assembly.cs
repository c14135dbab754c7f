using Kalmar.EndToEnd.Tests;
using Kalmar.Testing;

[assembly: AssemblyFixture(typeof(CephClusterFixture))]
[assembly: AssemblyFixture(typeof(SecureCephClusterFixture))]
[assembly: AssemblyFixture(typeof(ReefClusterFixture))]
[assembly: AssemblyFixture(typeof(GatewayClusterFixture))]
[assembly: AssemblyFixture(typeof(PostgresFixture))]

// One real cluster after the other: two cores are shared by browser, daemons and us.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
