namespace Kalmar.Whisper;

/// <summary>The operating system refused to open, read, write or create a file.</summary>
public sealed class WhisperStorageException(string operation, string path, int errno)
    : WhisperException($"{operation} {path}: {Native.Errno.Describe(errno)} (errno {errno})")
{
    /// <summary>Linux's error number.</summary>
    public int Errno { get; } = errno;

    /// <summary>The file or folder.</summary>
    public string Path { get; } = path;

    /// <summary>The file system or the quota is full: it may work later, when space is back.</summary>
    public bool IsDiskFull => Errno is Native.Errno.NoSpace or Native.Errno.QuotaExceeded;

    /// <summary>The file system or folder may not be written to: it may work later, when that was mended.</summary>
    public bool IsNotWritable => Errno is Native.Errno.ReadOnlyFileSystem or Native.Errno.AccessDenied or Native.Errno.NotPermitted;

    /// <summary>The file does not exist.</summary>
    public bool IsNotFound => Errno == Native.Errno.NotFound;

    /// <summary>The file exists already.</summary>
    public bool IsExisting => Errno == Native.Errno.Exists;

    /// <summary>Worth another attempt later: all but a path that can never be a file's (too long, through a file, a link that leads nowhere).</summary>
    public bool IsTransient => Errno is not (Native.Errno.NameTooLong or Native.Errno.NotDirectory or Native.Errno.IsDirectory or Native.Errno.TooManyLinks or Native.Errno.Exists);
}
