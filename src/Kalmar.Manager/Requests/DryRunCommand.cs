namespace Kalmar.Manager.Requests;

/// <summary>A command that would be sent.</summary>
/// <param name="Target">Who would be told.</param>
/// <param name="Command">The JSON object that would be sent; secret arguments are masked.</param>
/// <param name="InputBytes">How long its input would be.</param>
/// <param name="WaitsFor">What would be waited for after it, for a human; may be empty.</param>
public sealed record DryRunCommand(string Target, string Command, int InputBytes, string WaitsFor);
