namespace Kalmar.Manager.Audit;

/// <summary>Something that somebody did or tried, to be written down. Holds no secret.</summary>
/// <param name="Actor">Who: a user's name, <c>token:NAME</c>, or <c>kalmar</c> for the program itself.</param>
/// <param name="Address">From where: an IP address; empty for the program itself.</param>
/// <param name="Action">What, as a word with dots: <c>request.submit</c>, <c>request.complete</c>, <c>user.sign_in</c>.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Object">What it was done to: a request's id, a user's name; may be empty.</param>
/// <param name="Cluster">The cluster's fsid; empty when it concerns none.</param>
/// <param name="Detail">One line for a human; may be empty.</param>
public sealed record AuditEntry(
    string Actor, string Address, string Action, AuditOutcome Outcome, string Object = "", string Cluster = "", string Detail = "");
