using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Kalmar.Manager.State;

/// <summary>Binds the SQLite provider to the system's own library, which the distribution keeps patched. Done once for a process.</summary>
internal static class SqliteLibrary
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["winsqlite3", "sqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<bool> Bound = new(Bind);

    /// <summary>Makes sure that the library is bound.</summary>
    /// <exception cref="StateStoreException">The system has no SQLite library.</exception>
    public static void Ensure() => _ = Bound.Value;

    private static bool Bind()
    {
        if (!TryLoad(out _))
        {
            throw new StateStoreException($"SQLite's library ({Names[0]}) is not on this machine; install it (Debian: apt-get install libsqlite3-0)");
        }

        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        string.Equals(name, "e_sqlite3", StringComparison.Ordinal) && TryLoad(out nint handle) ? handle : 0;

    private static bool TryLoad(out nint handle)
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out handle))
            {
                return true;
            }
        }

        handle = 0;
        return false;
    }
}
