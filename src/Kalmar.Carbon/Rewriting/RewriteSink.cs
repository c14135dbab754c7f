using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Rewriting;

/// <summary>Renames series by the rules in force.</summary>
/// <param name="next">The next stage.</param>
/// <param name="rules">Gives the rules in force.</param>
/// <param name="post">The rules for after aggregation, or those for before it.</param>
public sealed class RewriteSink(IPointSink next, Func<RewriteRules> rules, bool post) : IPointSink
{
    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        RewriteRules now = rules();
        if (!(post ? now.HasPost : now.HasPre))
        {
            return next.Accept(point);
        }

        string name = Encoding.UTF8.GetString(point.Name);
        string renamed = post ? now.Post(name) : now.Pre(name);
        return ReferenceEquals(renamed, name) ? next.Accept(point) : next.Accept(point.Renamed(Encoding.UTF8.GetBytes(renamed)));
    }

    /// <inheritdoc/>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken) => next.WaitForSpaceAsync(cancellationToken);
}
