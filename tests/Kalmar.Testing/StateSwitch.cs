namespace Kalmar.Testing;

/// <summary>
/// Where tests keep Kalmar's state: in SQLite, or with <c>KALMAR_TEST_STATE=postgres</c> in a real PostgreSQL server, each in a database of its own. The
/// assembly must declare <see cref="PostgresFixture"/>.
/// </summary>
public static class StateSwitch
{
    /// <summary>True when the environment asks for PostgreSQL.</summary>
    public static bool IsPostgres => Environment.GetEnvironmentVariable("KALMAR_TEST_STATE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        { } other => throw new InvalidOperationException($"KALMAR_TEST_STATE is '{other}'; it may be sqlite or postgres"),
    };

    /// <summary>The connection string of a new empty database; null for SQLite.</summary>
    public static async Task<string?> NewDatabaseAsync() => !IsPostgres
        ? null
        : await (PostgresFixture.Current ?? throw new InvalidOperationException("the test assembly declares no PostgresFixture")).CreateDatabaseAsync();
}
