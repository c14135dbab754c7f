namespace Kalmar.Sandbox.Tests;

/// <summary>Keeps the steps that were reported, in their order.</summary>
public sealed class StepList(List<string> steps, Action<string>? onStep = null) : IProgress<string>
{
    public void Report(string value)
    {
        lock (steps)
        {
            steps.Add(value);
        }

        onStep?.Invoke(value);
    }
}
