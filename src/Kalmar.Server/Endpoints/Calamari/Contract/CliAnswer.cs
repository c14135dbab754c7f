namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>What a command line of <c>ceph</c> came to.</summary>
/// <param name="Out">Its output.</param>
/// <param name="Err">Its words.</param>
/// <param name="Status">0, or the errno.</param>
internal sealed record CliAnswer(string Out, string Err, int Status);
