using System.Text;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// A keyring: <c>[client.admin]</c>, <c>key = AQ…</c>, <c>caps mon = "allow *"</c>. Immutable. No message about it ever repeats a key.
/// </summary>
public sealed class CephKeyring
{
    private const string CapsPrefix = "caps_";
    private readonly Dictionary<EntityName, CephKeyringEntry> _entries = [];

    private CephKeyring(string path) => Path = path;

    /// <summary>Where it was read from; for messages.</summary>
    public string Path { get; }

    /// <summary>The entities in it.</summary>
    public IReadOnlyCollection<CephKeyringEntry> Entries => _entries.Values;

    /// <summary>Reads a keyring.</summary>
    /// <param name="path">Where it lies.</param>
    /// <exception cref="CephConfigurationException">It cannot be read, or is no keyring; with the line.</exception>
    public static CephKeyring Load(string path) => From(CephConfFile.Load(path));

    /// <summary>Reads a keyring's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="CephConfigurationException">It is no keyring; with the line.</exception>
    public static CephKeyring Parse(string text, string path) => From(CephConfFile.Parse(text, path));

    /// <summary>Writes a keyring that Ceph reads. It holds the keys: to be kept where only its owner reads.</summary>
    /// <param name="entries">The entities.</param>
    public static string Format(IEnumerable<CephKeyringEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var text = new StringBuilder();
        foreach (CephKeyringEntry entry in entries)
        {
            text.Append('[').Append(entry.Name).Append("]\n\tkey = ").Append(entry.Key.ToBase64()).Append('\n');
            foreach ((string service, string caps) in entry.Caps.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                string quoted = caps.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
                text.Append("\tcaps ").Append(service).Append(" = \"").Append(quoted).Append("\"\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The entity's entry, or null.</summary>
    /// <param name="name">Its name.</param>
    public CephKeyringEntry? Find(EntityName name) => _entries.GetValueOrDefault(name);

    private static CephKeyring From(CephConfFile file)
    {
        var keyring = new CephKeyring(file.Path);
        foreach (CephConfSection section in file.Sections)
        {
            CephKeyringEntry entry = ReadEntry(file.Path, section);
            keyring._entries[entry.Name] = entry;
        }

        return keyring;
    }

    private static CephKeyringEntry ReadEntry(string path, CephConfSection section)
    {
        EntityName name;
        try
        {
            name = EntityName.Parse(section.Name);
        }
        catch (FormatException e)
        {
            throw new CephConfigurationException($"{path}:{section.Line}: {e.Message}", e);
        }

        CephConfSetting setting = section.Find("key")
            ?? throw new CephConfigurationException($"{path}:{section.Line}: [{section.Name}] has no 'key = …'");
        try
        {
            Dictionary<string, string> caps = new(StringComparer.Ordinal);
            foreach (CephConfSetting cap in section.Settings.Where(s => s.Option.StartsWith(CapsPrefix, StringComparison.Ordinal)))
            {
                caps[cap.Option[CapsPrefix.Length..]] = cap.Value;
            }

            return new CephKeyringEntry(name, CephKey.Parse(setting.Value), caps, section.Line);
        }
        catch (FormatException e)
        {
            throw new CephConfigurationException($"{path}:{setting.Line}: the key of {name} is broken: {e.Message}", e);
        }
    }
}
