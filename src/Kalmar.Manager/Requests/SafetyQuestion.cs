namespace Kalmar.Manager.Requests;

/// <summary>One of Ceph's own safety questions.</summary>
/// <param name="Target">Who is asked: <c>mon</c> or <c>mgr</c>.</param>
/// <param name="Command">The question as it is sent, a JSON object: <c>{"prefix":"osd ok-to-stop","ids":["3"]}</c>.</param>
/// <param name="Text">The question for a human: <c>osd ok-to-stop 3</c>.</param>
public sealed record SafetyQuestion(string Target, string Command, string Text);
