namespace Kalmar.Carbon.Writing;

/// <summary>What the writer did since its start.</summary>
public sealed class WriterCounters
{
    private long _updates;
    private long _points;
    private long _creates;
    private long _delayedCreates;
    private long _errors;
    private long _damaged;
    private long _lost;
    private long _updateTicks;

    /// <summary>Files written to (<c>updateOperations</c>).</summary>
    public long Updates => Interlocked.Read(ref _updates);

    /// <summary>Points written (<c>committedPoints</c>).</summary>
    public long Points => Interlocked.Read(ref _points);

    /// <summary>Files made (<c>creates</c>).</summary>
    public long Creates => Interlocked.Read(ref _creates);

    /// <summary>Times that a new file had to wait for its turn; nothing is lost by it.</summary>
    public long DelayedCreates => Interlocked.Read(ref _delayedCreates);

    /// <summary>Writes that failed (<c>errors</c>), most of them to be tried again.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Damaged files that were put aside.</summary>
    public long DamagedFiles => Interlocked.Read(ref _damaged);

    /// <summary>Points given up: their file can never be written, or the writer was stopped while the disk refused.</summary>
    public long LostPoints => Interlocked.Read(ref _lost);

    /// <summary>Time spent in updates.</summary>
    public TimeSpan UpdateTime => TimeSpan.FromTicks(Interlocked.Read(ref _updateTicks));

    internal void Updated(int points)
    {
        Interlocked.Increment(ref _updates);
        Interlocked.Add(ref _points, points);
    }

    internal void Took(TimeSpan time) => Interlocked.Add(ref _updateTicks, time.Ticks);

    internal void Created() => Interlocked.Increment(ref _creates);

    internal void DelayedCreate() => Interlocked.Increment(ref _delayedCreates);

    internal void Failed() => Interlocked.Increment(ref _errors);

    internal void PutAside() => Interlocked.Increment(ref _damaged);

    internal void Lost(int points) => Interlocked.Add(ref _lost, points);
}
