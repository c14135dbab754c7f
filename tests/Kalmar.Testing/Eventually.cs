namespace Kalmar.Testing;

/// <summary>Waits for something that a real cluster does in its own time. The limit is generous: it only bounds a test that fails.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer is yes; fails the test after the limit.</summary>
    /// <param name="what">What is waited for, for the failure's message.</param>
    /// <param name="condition">Asked every 100 ms.</param>
    /// <param name="limit">How long at most; null for 90 s.</param>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        TimeSpan most = limit ?? TimeSpan.FromSeconds(90);
        while (!await condition())
        {
            if (time.GetElapsedTime(start) > most)
            {
                Assert.Fail($"waited {most.TotalSeconds:0} s in vain: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, TestContext.Current.CancellationToken);
        }
    }
}
