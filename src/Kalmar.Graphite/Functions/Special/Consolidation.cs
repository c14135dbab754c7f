namespace Kalmar.Graphite.Functions.Special;

/// <summary>Sets how values of a series become one point.</summary>
internal static class Consolidation
{
    /// <summary>Sets it, in the series' name too.</summary>
    public static void Set(Series series, string function)
    {
        series.Consolidation = function;
        series.Tags["consolidateBy"] = function;
        series.Rename($"consolidateBy({series.Name},\"{function}\")");
    }
}
