namespace Kalmar.Manager.Audit;

/// <summary>What came of an action.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It was tried and failed.</summary>
    Failed,

    /// <summary>It was not allowed.</summary>
    Refused,

    /// <summary>Nobody knows: the answer never came.</summary>
    Unknown,
}
