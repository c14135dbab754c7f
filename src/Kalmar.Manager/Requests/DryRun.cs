namespace Kalmar.Manager.Requests;

/// <summary>What a change would do (<c>?dry_run=1</c>). Nothing was sent but Ceph's safety questions.</summary>
/// <param name="Headline">What it does, for a human.</param>
/// <param name="Commands">The commands that would be sent, in their order: target, JSON, bytes of input, what is waited for.</param>
/// <param name="Touches">What they would touch.</param>
/// <param name="Safety">What Ceph says to its safety questions now.</param>
public sealed record DryRun(
    string Headline, IReadOnlyList<DryRunCommand> Commands, IReadOnlyList<string> Touches, IReadOnlyList<SafetyAnswer> Safety);
