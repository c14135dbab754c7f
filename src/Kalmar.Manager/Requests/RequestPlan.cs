using System.Text.Json.Serialization;

namespace Kalmar.Manager.Requests;

/// <summary>
/// A change that was checked and can be submitted: which commands are sent, in which order, and what each must have brought about before the
/// next one. Made by the request factories; stored with the request, so that a restart goes on with it. Also the answer to a dry run.
/// </summary>
public sealed record RequestPlan
{
    /// <summary>What kind of change.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>What it does, for a human: <c>Creating pool 'x'</c>.</summary>
    public required string Headline { get; init; }

    /// <summary>The commands in their order; empty when there is nothing to change.</summary>
    public required IReadOnlyList<RequestStep> Steps { get; init; }

    /// <summary>What it touches, a line for each thing, for a human: <c>pool 'data' (3): pg_num 8 -> 64</c>.</summary>
    public IReadOnlyList<string> Touches { get; init; } = [];

    /// <summary>Ceph's own questions that must be answered with yes before anything is sent.</summary>
    public IReadOnlyList<SafetyQuestion> Questions { get; init; } = [];

    /// <summary>True when commands or inputs hold secrets: they are wiped from the store when the request has ended.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>
    /// True when the last command's output is for the one who asked (a new user's key): kept in memory only, given out once by
    /// <see cref="IRequestService.TakeOutput"/>.
    /// </summary>
    public bool KeepsOutput { get; init; }

    /// <summary>True when there is nothing to change: all is as it was asked for (HTTP 304).</summary>
    [JsonIgnore]
    public bool IsEmpty => Steps.Count == 0;
}
