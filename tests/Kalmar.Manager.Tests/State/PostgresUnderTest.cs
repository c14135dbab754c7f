using Kalmar.Manager.State;
using Kalmar.Testing;
using Npgsql;

namespace Kalmar.Manager.Tests.State;

/// <summary>An empty database on the assembly's PostgreSQL server.</summary>
internal sealed class PostgresUnderTest : IStateUnderTest
{
    private readonly PostgresFixture? _server;
    private string? _connection;

    public PostgresUnderTest(PostgresFixture server) => _server = server;

    public PostgresUnderTest(string connection) => _connection = connection;

    public async Task<StateDatabase> OpenAsync() => new PostgresDatabase(_connection ??= await _server!.CreateDatabaseAsync());

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }
}
