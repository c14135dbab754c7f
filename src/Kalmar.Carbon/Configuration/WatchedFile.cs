namespace Kalmar.Carbon.Configuration;

/// <summary>A file of settings that is read again when it changed; a version that cannot be read changes nothing.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class WatchedFile<T>
    where T : class
{
    private readonly string _path;
    private readonly Func<string, T> _load;
    private readonly T _missing;
    private T _value;
    private DateTime _read = DateTime.MinValue;

    /// <summary>Names a file; <see cref="Refresh"/> reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="load">Reads it.</param>
    /// <param name="missing">What holds when there is no file.</param>
    public WatchedFile(string path, Func<string, T> load, T missing)
    {
        _path = path;
        _load = load;
        _missing = missing;
        _value = missing;
    }

    /// <summary>What is in force.</summary>
    public T Value => Volatile.Read(ref _value);

    /// <summary>Reads the file when it is another than before.</summary>
    /// <returns>Whether something else is in force now.</returns>
    /// <exception cref="CarbonConfigurationException">It cannot be read; what was in force stays.</exception>
    public bool Refresh()
    {
        DateTime written = File.Exists(_path) ? File.GetLastWriteTimeUtc(_path) : DateTime.MinValue;
        if (written == _read)
        {
            return false;
        }

        _read = written;
        Volatile.Write(ref _value, written == DateTime.MinValue ? _missing : _load(_path));
        return true;
    }
}
