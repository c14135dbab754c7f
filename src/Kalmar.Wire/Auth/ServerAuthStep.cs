namespace Kalmar.Wire.Auth;

/// <summary>The server's answer in an authentication.</summary>
/// <param name="Reply">The payload of AUTH_REPLY_MORE, or of AUTH_DONE when <paramref name="Outcome"/> is there.</param>
/// <param name="Outcome">Null while more is asked for.</param>
public sealed record ServerAuthStep(byte[] Reply, AuthOutcome? Outcome);
