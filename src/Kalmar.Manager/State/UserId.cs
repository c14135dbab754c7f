using System.Globalization;

namespace Kalmar.Manager.State;

/// <summary>The number of a user, as Calamari's API shows it.</summary>
/// <param name="Value">Counts from 1.</param>
public readonly record struct UserId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
