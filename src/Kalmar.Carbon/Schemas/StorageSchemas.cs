using Kalmar.Carbon.Configuration;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Schemas;

/// <summary>
/// <c>storage-schemas.conf</c>: the first section whose <c>pattern</c> is found in a series' name tells its <c>retentions</c>.
/// Immutable.
/// </summary>
public sealed class StorageSchemas
{
    private readonly RetentionPolicy _default;

    /// <summary>Takes sections in their order.</summary>
    /// <param name="schemas">The sections.</param>
    /// <param name="fallback">For series that no section matches; a week of minutes, as Carbon has it, when not told.</param>
    /// <param name="skipped">What was left out when the file was read.</param>
    public StorageSchemas(IReadOnlyList<StorageSchema> schemas, RetentionPolicy? fallback = null, IReadOnlyList<string>? skipped = null)
    {
        Schemas = schemas;
        Skipped = skipped ?? [];
        _default = fallback ?? new RetentionPolicy(new ArchiveSpec(60, 60 * 24 * 7));
    }

    /// <summary>The sections.</summary>
    public IReadOnlyList<StorageSchema> Schemas { get; }

    /// <summary>Sections that were left out, and why: Carbon leaves them out too, and goes on.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>One policy for all series.</summary>
    public static StorageSchemas Uniform(RetentionPolicy retentions) => new([], retentions);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">Retentions cannot be read, or an expression is none.</exception>
    public static StorageSchemas Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="CarbonConfigurationException">Retentions cannot be read, or an expression is none.</exception>
    public static StorageSchemas Parse(string text, string name = "storage-schemas.conf")
    {
        List<StorageSchema> schemas = [];
        List<string> skipped = [];
        foreach (IniSection section in IniFile.Parse(text, name).Sections)
        {
            string where = $"{name} [{section.Name}]";
            if (section["pattern"] is not { Length: > 0 } pattern || section["retentions"] is not { Length: > 0 } retentions)
            {
                skipped.Add($"{where} has no 'pattern' or no 'retentions'");
                continue;
            }

            List<ArchiveSpec> archives;
            try
            {
                archives = [.. retentions.Split(',').Select(ArchiveSpec.Parse)];
            }
            catch (WhisperConfigurationException e)
            {
                throw new CarbonConfigurationException($"{where}: {e.Message}", e);
            }

            try
            {
                schemas.Add(new StorageSchema(section.Name, PythonRegex.Compile(pattern, where), new RetentionPolicy(archives)));
            }
            catch (WhisperConfigurationException e)
            {
                skipped.Add($"{where}: {e.Message}");
            }
        }

        return new StorageSchemas(schemas, null, skipped);
    }

    /// <summary>How long a series is kept.</summary>
    public RetentionPolicy RetentionsOf(ReadOnlySpan<char> metric)
    {
        foreach (StorageSchema schema in Schemas)
        {
            if (schema.Pattern.IsMatch(metric))
            {
                return schema.Retentions;
            }
        }

        return _default;
    }
}
