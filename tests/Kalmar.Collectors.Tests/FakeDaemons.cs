using System.Collections.Concurrent;
using System.Text;
using Kalmar.Collectors.Daemons;
using Kalmar.Wire;

namespace Kalmar.Collectors.Tests;

/// <summary>Daemons that answer from memory; each can be told to hang, to fail, or to answer nonsense.</summary>
public sealed class FakeDaemons : IDaemonDirectory, IDaemonCommands
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, Task>> _troubles = new(StringComparer.Ordinal);
    private int _now;
    private int _most;

    public IReadOnlyList<DaemonTarget> Daemons { get; set; } = [];

    public ConcurrentQueue<string> Asked { get; } = new();

    public int MostAtOnce => _most;

    public byte[] Schema { get; set; } = Encoding.UTF8.GetBytes("""{"osd":{"op":{"type":10,"priority":10},"queue":{"type":2,"priority":5}}}""");

    public byte[] Dump { get; set; } = Encoding.UTF8.GetBytes("""{"osd":{"op":100,"queue":7}}""");

    public static DaemonTarget Osd(int id, string incarnation = "1") => new(EntityType.Osd, id.ToString(), incarnation);

    public void Trouble(string daemon, Func<CancellationToken, Task>? trouble)
    {
        if (trouble is null)
        {
            _troubles.TryRemove(daemon, out _);
        }
        else
        {
            _troubles[daemon] = trouble;
        }
    }

    public int Times(string asked) => Asked.Count(one => one == asked);

    public async Task<ReadOnlyMemory<byte>> ExecuteAsync(DaemonTarget target, string prefix, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{target.Name} {prefix}");
        int now = Interlocked.Increment(ref _now);
        for (int most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = _most)
        {
            // Somebody else raised it meanwhile.
        }

        try
        {
            await Task.Yield();
            if (_troubles.TryGetValue(target.Name, out Func<CancellationToken, Task>? trouble))
            {
                await trouble(cancellationToken);
            }

            return prefix == "perf schema" ? Schema : Dump;
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
