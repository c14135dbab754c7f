namespace Kalmar.Cli.Commands;

/// <summary>The end of a command that runs until it is told to stop.</summary>
internal static class CommandEnd
{
    /// <summary>Returns when Ctrl-C was pressed or the process was asked to end.</summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => end.TrySetResult());
        await end.Task.ConfigureAwait(false);
    }
}
