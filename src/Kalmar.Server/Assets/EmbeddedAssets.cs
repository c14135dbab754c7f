using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Kalmar.Server.Assets;

/// <summary>
/// Style sheet, script and icon, embedded in the program: they are there however it was built and from wherever it runs. A page names
/// them with their tag, so they may be kept for a year, and a new version has a new address.
/// </summary>
internal static class EmbeddedAssets
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, EmbeddedAsset> All = Load();

    /// <summary>The asset with this name; null when there is none.</summary>
    public static EmbeddedAsset? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The address of an asset, with its tag.</summary>
    /// <exception cref="KeyNotFoundException">There is no such asset.</exception>
    public static string Url(string name) => $"{Routes.Assets}/{name}?v={All[name].Tag}";

    private static FrozenDictionary<string, EmbeddedAsset> Load()
    {
        Assembly assembly = typeof(EmbeddedAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => Read(assembly, n))
            .ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
    }

    private static EmbeddedAsset Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        string name = resource[Prefix.Length..];
        return new EmbeddedAsset(name, ContentType(name), content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
}
