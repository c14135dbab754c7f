using Kalmar.Testing;

namespace Kalmar.Manager.Tests.State;

/// <summary>A database that a test opens more than once, of the kind that the environment asks for (<see cref="StateSwitch"/>).</summary>
internal static class StateUnderTest
{
    /// <summary>An empty one.</summary>
    public static async Task<IStateUnderTest> NewAsync() =>
        await StateSwitch.NewDatabaseAsync() is { } connection ? new PostgresUnderTest(connection) : new SqliteUnderTest();
}
