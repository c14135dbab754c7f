using Kalmar.Graphite.Events;

namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("events", "Special", "tags:string...", "How many events with these tags happened in each second.")]
internal sealed class EventsFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var context = call.Context;
        var tags = Enumerable.Range(0, call.Count).Select(call.Text).ToList();
        var name = $"events(\"{string.Join("\", \"", tags)}\")";
        var values = context.NewValues(context.Until - context.From);
        Array.Fill(values, double.NaN);
        if (context.Events is { } store)
        {
            var query = new EventQuery(context.From, context.Until, tags is ["*"] ? [] : tags);
            foreach (var happened in await store.FindAsync(query, context.Budget.Cancellation).ConfigureAwait(false))
            {
                var at = happened.When - context.From;
                if (at >= 0 && at < values.Length) values[at] = double.IsNaN(values[at]) ? 1 : values[at] + 1;
            }
        }

        return new List<Series>
        {
            new(name, context.From, context.Until, 1, values) { Consolidation = "sum", XFilesFactor = context.XFilesFactor, WholeNumbers = true },
        };
    }
}
