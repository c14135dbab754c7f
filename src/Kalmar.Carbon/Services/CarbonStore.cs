using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Writing;

namespace Kalmar.Carbon.Services;

/// <summary>A cache with its writer that somebody else owns and stops: a service stores into it what it takes, so that all who ask see one store.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Writer">What brings its points to files.</param>
/// <param name="Announce">Gets the name of each series, in its one spelling, when it is first seen; be quick.</param>
public sealed record CarbonStore(MetricCache Cache, WhisperWriter Writer, Action<string> Announce);
