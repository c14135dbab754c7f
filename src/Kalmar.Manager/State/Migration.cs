using System.Globalization;
using System.Reflection;

namespace Kalmar.Manager.State;

/// <summary>One numbered step from an older schema to the next; an embedded file <c>NNNN-name.sql</c>, never changed once released.</summary>
/// <param name="Version">Counts from 1 without holes.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Sql">The statements; <c>{identity}</c> stands for the database's self-counting primary key.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>Every migration this program knows, oldest first.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static Migration[] Load()
    {
        Assembly assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => Read(assembly, n))];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        string file = Path.GetFileNameWithoutExtension(resource[Folder.Length..]);
        int dash = file.IndexOf('-', StringComparison.Ordinal);
        using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(file.AsSpan(0, dash), CultureInfo.InvariantCulture), file[(dash + 1)..], reader.ReadToEnd());
    }
}
