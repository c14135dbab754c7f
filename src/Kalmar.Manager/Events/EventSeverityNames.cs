namespace Kalmar.Manager.Events;

/// <summary>The names of severities in the API.</summary>
public static class EventSeverityNames
{
    /// <summary>The severity's name in capitals.</summary>
    /// <param name="severity">The severity.</param>
    public static string ToName(this EventSeverity severity) => severity switch
    {
        EventSeverity.Critical => "CRITICAL",
        EventSeverity.Error => "ERROR",
        EventSeverity.Warning => "WARNING",
        EventSeverity.Recovery => "RECOVERY",
        EventSeverity.Info => "INFO",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "no such severity"),
    };

    /// <summary>The severity of a name (upper and lower case alike) or of a number 1 to 5.</summary>
    /// <param name="text">As in <c>?severity=</c>.</param>
    /// <param name="severity">The severity.</param>
    public static bool TryParse(string? text, out EventSeverity severity) =>
        Enum.TryParse(text, ignoreCase: true, out severity) && Enum.IsDefined(severity) && !text!.Contains(',', StringComparison.Ordinal);
}
