namespace Kalmar.Server.Api;

/// <summary>What our key does not let us see, and what would.</summary>
internal sealed record PrivilegeStatus(string What, string Needs, string Refusal);
