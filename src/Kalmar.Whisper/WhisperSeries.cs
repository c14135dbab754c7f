namespace Kalmar.Whisper;

/// <summary>What a fetch gives: values at equal distances.</summary>
/// <param name="From">The time of the first value, in seconds since 1970.</param>
/// <param name="Until">The time after the last value.</param>
/// <param name="Step">Seconds from one value to the next.</param>
/// <param name="Values">The values; <see cref="double.NaN"/> where none is known. When a coarse span is asked of a fine archive
/// that cannot hold it, there are fewer than (Until - From) / Step, as Python's Whisper has it.</param>
public sealed record WhisperSeries(long From, long Until, long Step, double[] Values);
