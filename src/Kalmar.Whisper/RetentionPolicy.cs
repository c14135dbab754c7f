using System.Collections;

namespace Kalmar.Whisper;

/// <summary>The archives of a file, finest first, checked by the rules that Whisper has for them. Immutable.</summary>
public sealed class RetentionPolicy : IReadOnlyList<ArchiveSpec>, IEquatable<RetentionPolicy>
{
    private readonly ArchiveSpec[] _archives;

    /// <summary>Takes archives in any order.</summary>
    /// <exception cref="WhisperConfigurationException">No archive; two of the same step; a step that does not divide the next; a
    /// coarser archive that covers no more than a finer one; too few points to make one of the next archive; more than 4 GiB.</exception>
    public RetentionPolicy(params IEnumerable<ArchiveSpec> archives)
    {
        _archives = [.. archives.OrderBy(a => a.SecondsPerPoint)];
        Check();
    }

    /// <inheritdoc/>
    public int Count => _archives.Length;

    /// <summary>The span of the longest archive, in seconds.</summary>
    public long MaxRetention => _archives.Max(a => a.Retention);

    /// <summary>The size of a file with these archives, in bytes.</summary>
    public long FileSize => WhisperHeader.SizeOf(_archives.Length) + (_archives.Sum(a => (long)a.Points) * WhisperPoint.Size);

    /// <inheritdoc/>
    public ArchiveSpec this[int index] => _archives[index];

    /// <summary>Reads <c>10s:2h,1m:2d,15m:60d</c>.</summary>
    /// <exception cref="WhisperConfigurationException">The text or the archives are wrong.</exception>
    public static RetentionPolicy Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new RetentionPolicy(text.Split(',').Select(ArchiveSpec.Parse));
    }

    /// <inheritdoc/>
    public IEnumerator<ArchiveSpec> GetEnumerator() => ((IEnumerable<ArchiveSpec>)_archives).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _archives.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(RetentionPolicy? other) => other is not null && _archives.AsSpan().SequenceEqual(other._archives);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RetentionPolicy);

    /// <inheritdoc/>
    public override int GetHashCode() => _archives.Aggregate(17, (hash, archive) => HashCode.Combine(hash, archive));

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', _archives);

    private void Check()
    {
        if (_archives.Length == 0)
        {
            throw new WhisperConfigurationException("a retention policy needs at least one archive");
        }

        for (int i = 0; i < _archives.Length; i++)
        {
            ArchiveSpec fine = _archives[i];
            if (fine.SecondsPerPoint == 0 || fine.Points == 0)
            {
                throw new WhisperConfigurationException($"archive {fine} has no points or no step");
            }

            if (i + 1 == _archives.Length)
            {
                break;
            }

            ArchiveSpec coarse = _archives[i + 1];
            if (fine.SecondsPerPoint == coarse.SecondsPerPoint)
            {
                throw new WhisperConfigurationException($"archives {fine} and {coarse} have the same step");
            }

            if (coarse.SecondsPerPoint % fine.SecondsPerPoint != 0)
            {
                throw new WhisperConfigurationException($"the step of archive {fine} does not divide that of archive {coarse}");
            }

            if (coarse.Retention <= fine.Retention)
            {
                throw new WhisperConfigurationException($"archive {coarse} covers {coarse.Retention} s, no more than the finer {fine} with {fine.Retention} s");
            }

            if (fine.Points < coarse.SecondsPerPoint / fine.SecondsPerPoint)
            {
                throw new WhisperConfigurationException($"archive {fine} has too few points to make one of archive {coarse}");
            }
        }

        if (FileSize > uint.MaxValue || MaxRetention > uint.MaxValue || _archives.Length > WhisperHeader.MaxArchives)
        {
            throw new WhisperConfigurationException($"retentions {this} need a file of {FileSize} bytes over {MaxRetention} s; both must be below 4294967296");
        }
    }
}
