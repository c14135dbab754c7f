namespace Kalmar.Rados.Configuration;

/// <summary>A <c>[section]</c> of a file; all parts of the file with the same name together.</summary>
public sealed class CephConfSection
{
    private readonly List<CephConfSetting> _settings = [];
    private readonly Dictionary<string, CephConfSetting> _byOption = new(StringComparer.Ordinal);

    internal CephConfSection(string name, int line)
    {
        Name = name;
        Line = line;
    }

    /// <summary>What stands between the brackets: <c>global</c>, <c>osd</c>, <c>client.admin</c>.</summary>
    public string Name { get; }

    /// <summary>The line where it appears first, from 1.</summary>
    public int Line { get; }

    /// <summary>Everything in it, in the order of the file.</summary>
    public IReadOnlyList<CephConfSetting> Settings => _settings;

    /// <summary>The setting of an option, or null. Of several the last one counts.</summary>
    /// <param name="option">The name, spelled with blanks, underscores or dashes.</param>
    public CephConfSetting? Find(string option)
    {
        string name = CephOptionName.Normalize(option);
        return FindExact(name) ?? FindDashed(name);
    }

    internal CephConfSetting? FindExact(string option) => _byOption.GetValueOrDefault(option);

    /// <summary>Ceph takes dashes for underscores on command lines only; here they count when nothing better is there.</summary>
    internal CephConfSetting? FindDashed(string option) =>
        _settings.FindLast(s => string.Equals(CephOptionName.Normalize(s.Option), option, StringComparison.Ordinal));

    internal void Add(CephConfSetting setting)
    {
        _settings.Add(setting);
        _byOption[setting.Option] = setting;
    }
}
