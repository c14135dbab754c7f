namespace Kalmar.Cli.Tests;

/// <summary>Tests that take the console's output for themselves: nothing else runs meanwhile.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleCollection;
