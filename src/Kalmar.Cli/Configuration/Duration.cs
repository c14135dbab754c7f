using System.Globalization;

namespace Kalmar.Cli.Configuration;

/// <summary>Durations as people write them: <c>10s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>; a bare number counts seconds.</summary>
public static class Duration
{
    /// <summary>Parses a duration.</summary>
    /// <param name="text">A whole number and at most one unit out of s, m, h, d.</param>
    /// <param name="value">The duration.</param>
    public static bool TryParse(string text, out TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = default;
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        int seconds = 1;
        if (digits.Length > 0 && !char.IsAsciiDigit(digits[^1]))
        {
            seconds = digits[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
            digits = digits[..^1];
        }

        if (seconds == 0 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        value = TimeSpan.FromSeconds((long)count * seconds);
        return true;
    }
}
