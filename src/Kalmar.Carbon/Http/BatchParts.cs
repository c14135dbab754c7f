namespace Kalmar.Carbon.Http;

/// <summary>
/// The parts of a batch that are still to be posted, in order: one that is refused is halved again and again, so that only the items to
/// blame are given up; after too many refusals its parts are given up whole. Not thread-safe.
/// </summary>
internal sealed class BatchParts
{
    private readonly Stack<(int Start, int Count)> _parts = new();
    private readonly int _mostRefusals;
    private int _refusals;

    /// <summary>A batch that is one part yet.</summary>
    /// <param name="count">Its items; none for nothing to post.</param>
    /// <param name="mostRefusals">Refused requests after which nothing is halved any more.</param>
    public BatchParts(int count, int mostRefusals)
    {
        _mostRefusals = mostRefusals;
        if (count > 0)
        {
            _parts.Push((0, count));
        }
    }

    /// <summary>The part to post now; false when there is none left.</summary>
    public bool TryPeek(out (int Start, int Count) part) => _parts.TryPeek(out part);

    /// <summary>That part was taken.</summary>
    public void Taken() => _parts.Pop();

    /// <summary>That part was refused.</summary>
    /// <param name="others">Whether others of its items may be taken without the one to blame.</param>
    /// <returns>The items given up; zero when it was halved.</returns>
    public int Refused(bool others)
    {
        (int start, int count) = _parts.Pop();
        if (!others || count == 1 || ++_refusals > _mostRefusals)
        {
            return count;
        }

        _parts.Push((start + (count / 2), count - (count / 2)));
        _parts.Push((start, count / 2));
        return 0;
    }
}
