namespace Kalmar.Rados.Configuration;

/// <summary>
/// Ceph's own options from <c>$CEPH_ARGS</c>: <c>-c</c>, <c>--cluster</c>, <c>-n</c>/<c>--name</c>, <c>--id</c>/<c>--user</c>, <c>-m</c>,
/// <c>-k</c>, and any <c>--option value</c> or <c>--option=value</c>.
/// </summary>
public sealed record CephArguments
{
    /// <summary>The configuration file.</summary>
    public string? ConfPath { get; init; }

    /// <summary>The cluster's name.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The entity's whole name.</summary>
    public string? Name { get; init; }

    /// <summary>The part of the entity's name behind <c>client.</c>.</summary>
    public string? Id { get; init; }

    /// <summary>All other options, by name with underscores.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads the variable's text.</summary>
    /// <param name="text">Words with blanks between them; null or empty when there are none.</param>
    /// <exception cref="CephConfigurationException">An option lacks its value.</exception>
    public static CephArguments Parse(string? text)
    {
        string[] words = (text ?? "").Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var result = new CephArguments();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (!word.StartsWith('-') || string.Equals(word, "--", StringComparison.Ordinal))
            {
                continue;
            }

            (string option, string? value) = Split(word);
            if (value is null)
            {
                bool next = i + 1 < words.Length && !words[i + 1].StartsWith('-');
                value = next ? words[++i] : Flag(word);
            }

            result = option switch
            {
                "c" or "conf" => result with { ConfPath = value },
                "cluster" => result with { ClusterName = value },
                "n" or "name" => result with { Name = value },
                "i" or "id" or "user" => result with { Id = value },
                _ => result,
            };
            switch (option)
            {
                case "m": options["mon_host"] = value; break;
                case "k": options["keyring"] = value; break;
                case "c" or "conf" or "cluster" or "n" or "name" or "i" or "id" or "user": break;
                default: options[option] = value; break;
            }
        }

        return result with { Options = options };
    }

    private static (string Option, string? Value) Split(string word)
    {
        string body = word.TrimStart('-');
        int equals = body.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (CephOptionName.Normalize(body), null) : (CephOptionName.Normalize(body[..equals]), body[(equals + 1)..]);
    }

    /// <summary>A long option without a value is a switch; a short one is a mistake.</summary>
    private static string Flag(string word) => word.StartsWith("--", StringComparison.Ordinal)
        ? "true"
        : throw new CephConfigurationException($"$CEPH_ARGS: {word} needs a value");
}
