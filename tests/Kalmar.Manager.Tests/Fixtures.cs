using Kalmar.Testing;

[assembly: AssemblyFixture(typeof(CephClusterFixture))]
[assembly: AssemblyFixture(typeof(PostgresFixture))]
