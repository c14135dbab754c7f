using System.Text.Json;
using Dapper;
using Kalmar.Manager.Events.Differences;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Events;

/// <summary>What each cluster was like when its last events were written.</summary>
internal sealed class EventerMemory(StateDatabase database, StateWriter writer, EventLog events)
{
    /// <summary>The essence of a cluster; null when there is none, or one of another version.</summary>
    public async Task<ClusterEssence?> LoadAsync(string cluster, CancellationToken cancellationToken)
    {
        string? text = await database.RunAsync(
            c => c.ExecuteScalarAsync<string?>("SELECT essence FROM eventer_memory WHERE cluster = @Cluster", new { Cluster = cluster }), cancellationToken).ConfigureAwait(false);
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, EssenceJsonContext.Default.ClusterEssence);
        }
        catch (JsonException)
        {
            // Starting afresh only costs the events of the time between.
            return null;
        }
    }

    /// <summary>Writes events and the essence that they lead to, both or neither.</summary>
    public Task SaveAsync(string cluster, ClusterEssence essence, IReadOnlyList<NewEvent> newEvents, CancellationToken cancellationToken) => writer.WriteAsync(
        async t =>
        {
            List<StoredEvent> stored = new(newEvents.Count);
            foreach (NewEvent newEvent in newEvents)
            {
                stored.Add(await events.InsertAsync(t, newEvent).ConfigureAwait(false));
            }

            await t.Connection!.ExecuteAsync(
                "INSERT INTO eventer_memory (cluster, essence) VALUES (@Cluster, @Essence) ON CONFLICT (cluster) DO UPDATE SET essence = excluded.essence",
                new { Cluster = cluster, Essence = JsonSerializer.Serialize(essence, EssenceJsonContext.Default.ClusterEssence) },
                t).ConfigureAwait(false);
            return stored;
        },
        stored => stored.ForEach(events.Publish),
        cancellationToken);
}
