namespace Kalmar.Manager.Requests;

/// <summary>What Ceph answered to a safety question.</summary>
/// <param name="Question">The question for a human.</param>
/// <param name="IsSafe">True when Ceph says yes.</param>
/// <param name="Reason">Ceph's words.</param>
public sealed record SafetyAnswer(string Question, bool IsSafe, string Reason);
