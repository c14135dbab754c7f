using System.Text.Json;
using Kalmar.Manager.State;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary>A <c>kalmar serve</c> process that is killed and started again with the same state, in SQLite or in PostgreSQL.</summary>
internal sealed class KilledServer : IDisposable
{
    private readonly SandboxCluster _sandbox;
    private readonly TemporaryFolder _folder;
    private readonly string? _connection;

    private KilledServer(SandboxCluster sandbox, TemporaryFolder folder, string? connection) => (_sandbox, _folder, _connection) = (sandbox, folder, connection);

    /// <summary>Where it listens, each time.</summary>
    public string Address { get; } = $"http://127.0.0.1:{FreePorts.Take()}";

    private string ConfigFile => _folder.File("kalmar.json");

    /// <summary>Makes one; nothing runs yet.</summary>
    /// <param name="sandbox">The cluster.</param>
    /// <param name="connection">PostgreSQL's connection string; null for SQLite.</param>
    public static async Task<KilledServer> MakeAsync(SandboxCluster sandbox, string? connection)
    {
        var server = new KilledServer(sandbox, new TemporaryFolder(), connection);
        await File.WriteAllTextAsync(server.ConfigFile, JsonSerializer.Serialize(new
        {
            data = server._folder.File("data"),
            listen = server.Address,
            history = new { enabled = false },
            state = new { connection = connection ?? "" },
        }));
        Directory.CreateDirectory(server._folder.File("data"));
        return server;
    }

    /// <summary>Starts it.</summary>
    public KalmarProcess Start() => KalmarProcess.Start("serve", "--config", ConfigFile, "-c", _sandbox.ConfPath);

    /// <summary>Its state, while it does not run or beside it.</summary>
    public Task<StateStore> OpenAsync() => StateStore.OpenAsync(
        _connection is null ? new SqliteDatabase(Path.Combine(_folder.File("data"), "kalmar.db")) : new PostgresDatabase(_connection),
        TimeProvider.System,
        TestContext.Current.CancellationToken);

    /// <summary><c>kalmar audit verify</c>.</summary>
    public Task<(int ExitCode, string Output, string Error)> VerifyAsync() => KalmarProcess.RunAsync("audit", "verify", "--config", ConfigFile);

    public void Dispose() => _folder.Dispose();
}
