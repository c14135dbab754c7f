using System.IO.MemoryMappedFiles;

namespace Kalmar.Carbon.Journals;

/// <summary>
/// A mapped file of the journal. Its space on disk is set aside before it is used: writing to a mapped page for which a full disk has none would
/// kill the process.
/// </summary>
internal sealed unsafe class JournalSegment : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Makes the file.</summary>
    /// <exception cref="IOException">It exists, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public JournalSegment(string path, long number, long size)
    {
        Number = number;
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, PreallocationSize = size });
        try
        {
            file.SetLength(size);
            _map = MemoryMappedFile.CreateFromFile(file, null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }

        _view = _map.CreateViewAccessor(0, size);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Bytes = pointer;
    }

    public long Number { get; }

    public byte* Bytes { get; }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
