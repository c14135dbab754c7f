using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Lists;

/// <summary>
/// Leaves out series on the black list, and those not on the white list when it has an entry (<c>USE_WHITELIST</c>). What is left out
/// counts as taken: the sender has nothing to mend.
/// </summary>
/// <param name="next">The next stage.</param>
/// <param name="black">Gives the black list in force.</param>
/// <param name="white">Gives the white list in force.</param>
public sealed class ListSink(IPointSink next, Func<PatternList> black, Func<PatternList> white) : IPointSink
{
    private long _blacklisted;
    private long _notWhitelisted;

    /// <summary>Points left out by the black list (<c>blacklistMatches</c>).</summary>
    public long BlacklistMatches => Interlocked.Read(ref _blacklisted);

    /// <summary>Points left out by the white list (<c>whitelistRejects</c>).</summary>
    public long WhitelistRejects => Interlocked.Read(ref _notWhitelisted);

    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        PatternList blackNow = black();
        PatternList whiteNow = white();
        if (blackNow.IsEmpty && whiteNow.IsEmpty)
        {
            return next.Accept(point);
        }

        Span<char> name = stackalloc char[Whisper.MetricName.MaxLength];
        if (point.Name.Length > name.Length)
        {
            return next.Accept(point);
        }

        name = name[..Encoding.UTF8.GetChars(point.Name, name)];
        if (blackNow.Matches(name))
        {
            Interlocked.Increment(ref _blacklisted);
            return StoreResult.Stored;
        }

        if (!whiteNow.IsEmpty && !whiteNow.Matches(name))
        {
            Interlocked.Increment(ref _notWhitelisted);
            return StoreResult.Stored;
        }

        return next.Accept(point);
    }

    /// <inheritdoc/>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken) => next.WaitForSpaceAsync(cancellationToken);
}
