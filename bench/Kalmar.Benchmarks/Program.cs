using Kalmar.Benchmarks.Carbon;
using Kalmar.Benchmarks.Graphite;
using Kalmar.Benchmarks.Server;

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
    case ["api-osds", .. string[] rest]:
        return await OsdListBenchmark.RunAsync(rest);
    default:
        Console.Error.WriteLine("benchmarks: carbon-load PORT SERIES POINTS CONNECTIONS | carbon-count FOLDER [BYTES] | carbon-sink PORT | whisper-library FOLDER | graphite-index [METRICS] | api-osds MAP [REQUESTS]");
        return 64;
}
