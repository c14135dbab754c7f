using Kalmar.Manager.State;

namespace Kalmar.Manager.Tests.State;

/// <summary>Gives each test an empty database of one kind.</summary>
public interface IStateUnderTest : IAsyncDisposable
{
    /// <summary>An empty database; each call gives another connection to the same one.</summary>
    Task<StateDatabase> OpenAsync();
}
