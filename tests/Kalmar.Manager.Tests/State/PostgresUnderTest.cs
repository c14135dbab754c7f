using Kalmar.Manager.State;
using Kalmar.Testing;
using Npgsql;

namespace Kalmar.Manager.Tests.State;

/// <summary>An empty database on the assembly's PostgreSQL server, dropped at the end.</summary>
internal sealed class PostgresUnderTest(PostgresFixture server) : IStateUnderTest
{
    private string? _connection;

    public async Task<StateDatabase> OpenAsync() => new PostgresDatabase(_connection ??= await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }
}
