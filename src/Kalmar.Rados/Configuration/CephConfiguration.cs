using System.Globalization;
using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// The configuration of one entity: what was given on the command line or in the environment, then <c>[type.id]</c>, <c>[type]</c> and
/// <c>[global]</c> of the file, then Ceph's defaults. Immutable, thread-safe.
/// </summary>
public sealed class CephConfiguration
{
    private readonly IReadOnlyDictionary<string, string> _overrides;
    private readonly CephEnvironment _environment;
    private readonly CephVariables _variables;

    /// <summary>Puts the parts together.</summary>
    /// <param name="file">The file; <see cref="CephConfFile.Empty"/> when there is none.</param>
    /// <param name="clusterName">For <c>$cluster</c>.</param>
    /// <param name="name">Whose configuration it is.</param>
    /// <param name="overrides">What counts before the file, by option.</param>
    /// <param name="environment">For <c>$host</c>, <c>$pid</c> and <c>$home</c>.</param>
    public CephConfiguration(
        CephConfFile file, string clusterName, EntityName name, IReadOnlyDictionary<string, string>? overrides = null, CephEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(clusterName);
        File = file;
        ClusterName = clusterName;
        Name = name;
        _overrides = (overrides ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .ToDictionary(o => CephOptionName.Normalize(o.Key), o => o.Value, StringComparer.Ordinal);
        _environment = environment ?? CephEnvironment.Current;
        _variables = new CephVariables(FindVariable);
    }

    /// <summary>The file.</summary>
    public CephConfFile File { get; }

    /// <summary>The cluster's name, <c>ceph</c> nearly always.</summary>
    public string ClusterName { get; }

    /// <summary>Whose configuration it is.</summary>
    public EntityName Name { get; }

    /// <summary>The value of an option, variables replaced; null when it is not set and has no default that we know.</summary>
    /// <param name="option">The name, spelled with blanks, underscores or dashes.</param>
    /// <exception cref="CephConfigurationException">The option refers to itself.</exception>
    public string? Find(string option)
    {
        ArgumentException.ThrowIfNullOrEmpty(option);
        return Find(CephOptionName.Normalize(option), []);
    }

    /// <summary>The value of an option where somebody set it, variables replaced; null when only a default would be there.</summary>
    /// <param name="option">The name, spelled with blanks, underscores or dashes.</param>
    /// <exception cref="CephConfigurationException">The option refers to itself.</exception>
    public string? FindSet(string option)
    {
        ArgumentException.ThrowIfNullOrEmpty(option);
        string name = CephOptionName.Normalize(option);
        return FindRaw(name) is { } raw ? _variables.Expand(raw, [name]) : null;
    }

    /// <summary>Where an option's value comes from, for messages: <c>/etc/ceph/ceph.conf:12</c>, or that it was given or is the default.</summary>
    /// <param name="option">The name, spelled with blanks, underscores or dashes.</param>
    public string Origin(string option)
    {
        ArgumentException.ThrowIfNullOrEmpty(option);
        string name = CephOptionName.Normalize(option);
        return _overrides.ContainsKey(name) ? "command line or environment"
            : FindSetting(name) is { } setting ? string.Create(CultureInfo.InvariantCulture, $"{File.Path}:{setting.Line}")
            : "default";
    }

    /// <summary>The same configuration as another entity sees it.</summary>
    /// <param name="name">The other entity.</param>
    public CephConfiguration For(EntityName name) => new(File, ClusterName, name, _overrides, _environment);

    private string? Find(string option, IReadOnlyList<string> within)
    {
        if (within.Contains(option, StringComparer.Ordinal))
        {
            throw new CephConfigurationException(
                $"{Origin(within[0])}: '{within[0]}' refers to itself: {string.Join(" → ", within)} → {option}");
        }

        string? raw = FindRaw(option) ?? CephOptionDefaults.Find(option, Name.Type);
        return raw is null ? null : _variables.Expand(raw, [.. within, option]);
    }

    private string? FindRaw(string option) => _overrides.TryGetValue(option, out string? given) ? given : FindSetting(option)?.Value;

    private CephConfSetting? FindSetting(string option)
    {
        string[] sections = [Name.ToString(), Name.Type.ToWireName(), "global"];
        foreach (string section in sections)
        {
            if (File.Find(section)?.FindExact(option) is { } setting)
            {
                return setting;
            }
        }

        foreach (string section in sections)
        {
            if (File.Find(section)?.FindDashed(option) is { } setting)
            {
                return setting;
            }
        }

        return null;
    }

    private string? FindVariable(string variable, IReadOnlyList<string> within) => variable switch
    {
        "cluster" => ClusterName,
        "type" => Name.Type.ToWireName(),
        "id" or "num" => Name.Id,
        "name" => Name.ToString(),
        "host" => _environment.HostName.Split('.')[0],
        "pid" => _environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        "cctid" => ((uint)GetHashCode()).ToString(CultureInfo.InvariantCulture),
        "home" => _environment.HomeFolder,
        _ => Find(variable, within),
    };
}
