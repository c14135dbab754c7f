namespace Kalmar.Whisper;

/// <summary>
/// The heads met so far, by their bytes: a store of a million files has a handful of them, so opening a file parses and allocates
/// nothing. Bounded; one for each thread, so no lock.
/// </summary>
internal sealed class HeaderCache
{
    private const int Limit = 64;

    private readonly List<(byte[] Bytes, WhisperHeader Header)> _entries = [];

    /// <summary>Finds the head whose bytes these begin with; the last one found is tried first.</summary>
    public WhisperHeader? Find(ReadOnlySpan<byte> head)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            (byte[] Bytes, WhisperHeader Header) entry = _entries[i];
            if (head.StartsWith(entry.Bytes))
            {
                if (i > 0)
                {
                    (_entries[0], _entries[i]) = (entry, _entries[0]);
                }

                return entry.Header;
            }
        }

        return null;
    }

    public void Add(WhisperHeader header)
    {
        if (_entries.Count == Limit)
        {
            _entries.RemoveAt(Limit - 1);
        }

        byte[] bytes = new byte[header.Size];
        header.CopyTo(bytes);
        _entries.Add((bytes, header));
    }
}
