namespace Kalmar.Server.Assets;

/// <summary>A file that is part of the program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Tag">The first 16 hexadecimal digits of its SHA-256: its entity tag, and part of its address.</param>
internal sealed record EmbeddedAsset(string Name, string ContentType, byte[] Content, string Tag);
