namespace Kalmar.Sandbox.Tools;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output; of a long one, the first 4 MiB.</param>
/// <param name="Error">What it wrote to standard error; of a long one, the first 4 MiB.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The last line of standard error (or of output) that says something, fit for an error's message.</summary>
    public string LastLine => Last(Error) ?? Last(Output) ?? "no message";

    private static string? Last(string text) => text.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0);
}
