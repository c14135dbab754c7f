using System.Text.Json.Nodes;

namespace Kalmar.Collectors.Tests;

/// <summary>Works out what two dumps should give, slowly and on trees, to compare the flattener with.</summary>
public static class PerfOracle
{
    public static IReadOnlyDictionary<string, double> Expected(byte[] schema, byte[] first, byte[] second, double seconds)
    {
        Dictionary<string, double> expected = new(StringComparer.Ordinal);
        JsonNode before = JsonNode.Parse(first)!;
        JsonNode after = JsonNode.Parse(second)!;
        foreach ((string section, JsonNode? counters) in JsonNode.Parse(schema)!.AsObject())
        {
            foreach ((string name, JsonNode? definition) in counters!.AsObject())
            {
                int type = (int)definition!["type"]!;
                if ((int)definition["priority"]! < 5)
                {
                    continue;
                }

                JsonNode then = before[section]![name]!;
                JsonNode now = after[section]![name]!;
                if ((type & 4) != 0)
                {
                    double count = (double)now["avgcount"]! - (double)then["avgcount"]!;
                    if (count > 0)
                    {
                        expected[$"{section}.{name}.last_interval_avg"] = ((double)now["sum"]! - (double)then["sum"]!) / count;
                    }
                }
                else
                {
                    expected[$"{section}.{name}"] = (type & 8) != 0 ? ((double)now - (double)then) / seconds : (double)now;
                }
            }
        }

        return expected;
    }
}
