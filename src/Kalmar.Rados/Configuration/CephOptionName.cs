namespace Kalmar.Rados.Configuration;

/// <summary>How names of options are brought to one spelling.</summary>
internal static class CephOptionName
{
    /// <summary>Runs of blanks become one underscore, as everywhere in Ceph's files.</summary>
    public static string FromFile(string text) => string.Join('_', text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Blanks and dashes become underscores.</summary>
    public static string Normalize(string text) => FromFile(text).Replace('-', '_');
}
