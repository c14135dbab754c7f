using Kalmar.Manager.State;
using Kalmar.Testing;

namespace Kalmar.Manager.Tests.State;

internal sealed class SqliteUnderTest : IStateUnderTest
{
    private readonly TemporaryFolder _folder = new();

    public Task<StateDatabase> OpenAsync() => Task.FromResult<StateDatabase>(new SqliteDatabase(_folder.File("state.db")));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
