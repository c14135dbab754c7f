using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Kalmar.Manager.State;

/// <summary>
/// State in one SQLite file: write-ahead log, every commit on disk before it is reported (<c>synchronous=FULL</c>), readable by
/// its owner only.
/// </summary>
public sealed class SqliteDatabase : StateDatabase
{
    private const int NotADatabase = 26;
    private const int DiskFull = 13;
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;

    private readonly string _path;
    private readonly string _connectionString;

    /// <summary>A database in a file, which is made when the first connection is opened.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <exception cref="StateStoreException">The system has no SQLite library.</exception>
    public SqliteDatabase(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SqliteLibrary.Ensure();
        _path = Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, ForeignKeys = true, DefaultTimeout = 10 }.ToString();
    }

    /// <inheritdoc/>
    public override string Description => $"state database {_path}";

    /// <inheritdoc/>
    public override string IdentityColumn => "INTEGER PRIMARY KEY AUTOINCREMENT";

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        CreateForOwnerOnly();
        SqliteConnection connection = new(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;").ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Advice(DbException error) => (error as SqliteException)?.SqliteErrorCode switch
    {
        NotADatabase => "the file is damaged or something else: restore it from a backup, or move it away to start without users",
        DiskFull => "make room on this disk",
        Busy => "another process holds it: run one Kalmar for one data folder",
        ReadOnly or CannotOpen => "check that the folder exists and that this user may write there",
        _ => "",
    };

    /// <inheritdoc/>
    public override Task<IAsyncDisposable?> TryLockAsync(CancellationToken cancellationToken)
    {
        CreateForOwnerOnly();
        try
        {
            // The kernel frees it when the process ends, also by SIGKILL.
            FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return Task.FromResult<IAsyncDisposable?>(new FileStream(_path + ".lock", options));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateStoreException($"{Description}: {e.Message}; check that the folder exists and that this user may write there", e);
        }
    }

    /// <summary>Frees the pooled connections, so that the file can be moved or removed.</summary>
    internal void Close()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private void CreateForOwnerOnly()
    {
        if (OperatingSystem.IsWindows() || File.Exists(_path))
        {
            return;
        }

        try
        {
            FileStreamOptions options = new()
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using FileStream file = new(_path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateStoreException($"{Description}: {e.Message}; check that the folder exists and that this user may write there", e);
        }
    }
}
