using Kalmar.Cli;

return await KalmarApplication.RunAsync(args).ConfigureAwait(false);
