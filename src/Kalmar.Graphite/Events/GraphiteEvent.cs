namespace Kalmar.Graphite.Events;

/// <summary>Something that happened.</summary>
/// <param name="Id">Its number in the store; 0 before it is stored.</param>
/// <param name="When">Unix time in seconds.</param>
/// <param name="What">One line.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Data">More about it.</param>
public sealed record GraphiteEvent(long Id, long When, string What, IReadOnlyList<string> Tags, string Data);
