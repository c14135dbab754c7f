namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>What Ceph answers to one of its safety questions.</summary>
/// <param name="Question">The question: <c>mon ok-to-stop a</c>.</param>
/// <param name="Safe">Whether Ceph says yes.</param>
/// <param name="Reason">Its words.</param>
internal sealed record SafetyResource(string Question, bool Safe, string Reason);
