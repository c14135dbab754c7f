using System.Globalization;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The value of a pool option: a text, a whole number or a real one. On the wire: s32 kind, then string, s64 or double.</summary>
/// <param name="Text">The text, or null.</param>
/// <param name="Integer">The whole number, or null.</param>
/// <param name="Real">The real number, or null.</param>
public readonly record struct PoolOptionValue(string? Text, long? Integer, double? Real)
{
    /// <inheritdoc/>
    public override string ToString() => Text ?? Integer?.ToString(CultureInfo.InvariantCulture) ?? Real?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Reads one value; in version 1 of the options whole numbers had 32 bits.</summary>
    internal static PoolOptionValue Read(ref WireReader reader, bool wide)
    {
        int kind = reader.ReadI32();
        return kind switch
        {
            0 => new PoolOptionValue(reader.ReadString(), null, null),
            1 => new PoolOptionValue(null, wide ? reader.ReadI64() : reader.ReadI32(), null),
            2 => new PoolOptionValue(null, null, reader.ReadF64()),
            _ => throw reader.Error($"unknown kind {kind} of pool option"),
        };
    }

    /// <summary>Writes kind and value.</summary>
    internal void Write(WireWriter writer, bool wide)
    {
        if (Text is not null)
        {
            writer.WriteI32(0);
            writer.WriteString(Text);
        }
        else if (Real is { } real)
        {
            writer.WriteI32(2);
            writer.WriteF64(real);
        }
        else if (wide)
        {
            writer.WriteI32(1);
            writer.WriteI64(Integer ?? 0);
        }
        else
        {
            writer.WriteI32(1);
            writer.WriteI32((int)(Integer ?? 0));
        }
    }
}
