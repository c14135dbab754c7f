using Kalmar.Benchmarks.Carbon;

switch (args)
{
    case ["carbon-load", .. string[] rest]:
        return await CarbonLoad.SendAsync(rest);
    case ["carbon-count", .. string[] rest]:
        return CarbonLoad.Count(rest);
    case ["whisper-library", .. string[] rest]:
        return WhisperLibrary.Run(rest);
    default:
        Console.Error.WriteLine("benchmarks: carbon-load PORT SERIES POINTS CONNECTIONS | carbon-count FOLDER | whisper-library FOLDER");
        return 64;
}
