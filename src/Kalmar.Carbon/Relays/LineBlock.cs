namespace Kalmar.Carbon.Relays;

/// <summary>Lines on their way to a destination.</summary>
/// <param name="Bytes">The lines, each with its end.</param>
/// <param name="Length">How many of the bytes count.</param>
/// <param name="Lines">How many lines.</param>
internal sealed record LineBlock(byte[] Bytes, int Length, int Lines)
{
    public ReadOnlyMemory<byte> Memory => Bytes.AsMemory(0, Length);
}
