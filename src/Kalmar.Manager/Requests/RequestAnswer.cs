namespace Kalmar.Manager.Requests;

/// <summary>What the last command of a request answered, be it a no.</summary>
/// <param name="Result">0 or more; a negative errno for a no.</param>
/// <param name="Output">Its output.</param>
/// <param name="Status">Its words.</param>
public sealed record RequestAnswer(int Result, string Output, string Status);
