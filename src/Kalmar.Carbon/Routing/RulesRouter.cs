using System.Text;

namespace Kalmar.Carbon.Routing;

/// <summary><c>RELAY_METHOD = rules</c>: the first rule that matches, and those after it while it says so.</summary>
public sealed class RulesRouter : IRouter
{
    private readonly IReadOnlyList<RelayRule> _rules;
    private readonly List<int[]> _numbers = [];

    /// <summary>Takes rules and the destinations that there are; others in the rules are passed over, as Carbon does.</summary>
    public RulesRouter(IReadOnlyList<RelayRule> rules, IReadOnlyList<Destination> destinations)
    {
        _rules = rules;
        Destinations = destinations;
        List<Destination> all = [.. destinations];
        foreach (RelayRule rule in rules)
        {
            _numbers.Add([.. rule.Destinations.Select(d => all.IndexOf(d)).Where(i => i >= 0)]);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Destination> Destinations { get; }

    /// <inheritdoc/>
    public int Route(ReadOnlySpan<byte> name, Span<int> found)
    {
        string text = Encoding.UTF8.GetString(name);
        int count = 0;
        for (int i = 0; i < _rules.Count; i++)
        {
            if (_rules[i].Pattern?.IsMatch(text) == false)
            {
                continue;
            }

            foreach (int destination in _numbers[i])
            {
                if (!found[..count].Contains(destination))
                {
                    found[count++] = destination;
                }
            }

            if (!_rules[i].Continue)
            {
                break;
            }
        }

        return count;
    }
}
