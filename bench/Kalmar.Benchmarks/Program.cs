using Kalmar.Benchmarks.Carbon;
using Kalmar.Benchmarks.Graphite;

switch (args)
{
    case ["carbon-load", .. string[] rest]:
        return await CarbonLoad.SendAsync(rest);
    case ["carbon-count", .. string[] rest]:
        return CarbonLoad.Count(rest);
    case ["carbon-sink", .. string[] rest]:
        return await CarbonSink.CountAsync(rest);
    case ["whisper-library", .. string[] rest]:
        return WhisperLibrary.Run(rest);
    case ["graphite-index", .. string[] rest]:
        return IndexOfMillion.Run(rest);
    default:
        Console.Error.WriteLine("benchmarks: carbon-load PORT SERIES POINTS CONNECTIONS | carbon-count FOLDER [BYTES] | carbon-sink PORT | whisper-library FOLDER | graphite-index [METRICS]");
        return 64;
}
