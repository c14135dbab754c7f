using Kalmar.Testing;

[assembly: AssemblyFixture(typeof(CephClusterFixture))]
