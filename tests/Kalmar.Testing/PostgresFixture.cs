using System.Globalization;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Testing;

/// <summary>
/// A real PostgreSQL server on loopback with a folder and a port of its own, started when a test first asks for it and ended with the assembly. Without
/// Debian's postgresql-15 the test fails.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly SemaphoreSlim _once = new(1);
    private readonly ToolRunner _tools = new(TimeProvider.System);
    private string? _folder;
    private int _port;
    private int _databases;

    /// <summary>The assembly's server, for <see cref="StateSwitch"/>.</summary>
    internal static PostgresFixture? Current { get; private set; }

    /// <summary>Makes an empty database; starts the server when it does not run yet.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_folder is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _once.Release();
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"kalmar{Interlocked.Increment(ref _databases)}");
        await RunAsync($"{Binaries}/createdb", "-h", "127.0.0.1", "-p", $"{_port}", "-U", "kalmar", name);
        return $"Host=127.0.0.1;Port={_port};Username=kalmar;Database={name};Pooling=true;Maximum Pool Size=20";
    }

    public ValueTask InitializeAsync()
    {
        Current = this;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync($"{Binaries}/pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }

        _once.Dispose();
    }

    private async Task StartAsync()
    {
        Assert.True(File.Exists($"{Binaries}/initdb"), "PostgreSQL's server is not installed; run: apt-get install postgresql-15");
        _folder = Directory.CreateTempSubdirectory("kalmar-pg-").FullName;
        _port = FreePorts.Take(1)[0];
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            await RealTool.RunAsync("chown", "postgres", _folder);
        }

        await RunAsync($"{Binaries}/initdb", "-D", $"{_folder}/data", "-U", "kalmar", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await RunAsync(
            $"{Binaries}/pg_ctl", "-D", $"{_folder}/data", "-l", $"{_folder}/log", "-w", "-t", "60", "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c shared_buffers=16MB", "start");
    }

    private async Task RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        (string run, IReadOnlyList<string> all) = Environment.IsPrivilegedProcess
            ? ("runuser", ["-u", "postgres", "--", program, .. arguments])
            : (program, arguments);
        ToolResult result = await _tools.RunAsync(run, all, null, TimeSpan.FromMinutes(2), null, CancellationToken.None);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}: {result.Error}");
    }
}
