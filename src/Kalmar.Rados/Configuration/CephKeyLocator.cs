using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Configuration;

/// <summary>Finds an entity's key as Ceph does: the options <c>key</c>, then <c>keyfile</c>, then the first file of the list <c>keyring</c>.</summary>
internal static class CephKeyLocator
{
    private const int MaximumKeyfileLength = 4096;

    /// <summary>Finds the key.</summary>
    /// <param name="configuration">The entity's configuration.</param>
    /// <exception cref="CephConfigurationException">There is none; the message says where it was looked for and what to do.</exception>
    public static CephKey Find(CephConfiguration configuration)
    {
        if (NonEmpty(configuration.Find("key")) is { } text)
        {
            return Parse(text, $"{configuration.Origin("key")}: the option 'key'");
        }

        if (NonEmpty(configuration.Find("keyfile")) is { } keyfile)
        {
            return Parse(ReadKeyfile(keyfile), $"{keyfile}: the key");
        }

        return FindInKeyring(configuration);
    }

    private static CephKey FindInKeyring(CephConfiguration configuration)
    {
        string list = configuration.Find("keyring") ?? "";
        string[] candidates = File.Exists(list) ? [list] : list.Split([',', ';', ' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries);
        string? path = candidates.FirstOrDefault(File.Exists);
        if (path is null)
        {
            string where = candidates.Length > 0 ? string.Join(", ", candidates) : $"the option 'keyring' is empty ({configuration.Origin("keyring")})";
            throw new CephConfigurationException(
                $"no keyring with a key of {configuration.Name}: none of these files is there (or may be read): {where}; "
                + $"make one on a monitor's host by 'ceph auth get {configuration.Name} -o FILE' and give it with --keyring");
        }

        CephKeyring keyring = CephKeyring.Load(path);
        return keyring.Find(configuration.Name)?.Key ?? throw new CephConfigurationException(
            $"{path}: no [{configuration.Name}] in this keyring"
            + (keyring.Entries.Count > 0 ? $", only {string.Join(", ", keyring.Entries.Take(5).Select(e => e.Name))}" : ", it is empty")
            + "; give another name with --name or another file with --keyring");
    }

    private static string ReadKeyfile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumKeyfileLength)
            {
                throw new CephConfigurationException($"{path}: too long for a key");
            }

            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CephConfigurationException($"keyfile {FileProblem.Describe(path, e)}", e);
        }
    }

    private static CephKey Parse(string text, string what)
    {
        try
        {
            return CephKey.Parse(text);
        }
        catch (FormatException e)
        {
            throw new CephConfigurationException($"{what} is broken: {e.Message}", e);
        }
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
