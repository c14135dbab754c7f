namespace Kalmar.Rados.Tests.Maps;

/// <summary>One encoded value.</summary>
/// <param name="Name">Release, structure and hash.</param>
/// <param name="Bytes">The encoding.</param>
internal sealed record CorpusSample(string Name, byte[] Bytes)
{
    public override string ToString() => Name;
}
