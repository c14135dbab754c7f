namespace Kalmar.Rados.Crush;

/// <summary>A CRUSH map written as text that cannot be compiled: where, what is wrong and what was expected.</summary>
public sealed class CrushTextException : FormatException
{
    /// <summary>An error without a place.</summary>
    public CrushTextException()
        : this(1, 1, "not a CRUSH map")
    {
    }

    /// <summary>An error at the beginning of the text.</summary>
    /// <param name="message">What is wrong.</param>
    public CrushTextException(string message)
        : this(1, 1, message)
    {
    }

    /// <summary>An error at the beginning of the text, with its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What it came from.</param>
    public CrushTextException(string message, Exception innerException)
        : base($"line 1, column 1: {message}", innerException)
    {
        (Line, Column, Problem) = (1, 1, message);
    }

    /// <summary>An error at a place.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1, in UTF-16 units.</param>
    /// <param name="problem">What is wrong and what was expected, one line.</param>
    public CrushTextException(int line, int column, string problem)
        : base($"line {line}, column {column}: {problem}")
    {
        (Line, Column, Problem) = (line, column, problem);
    }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>What is wrong and what was expected, without the place.</summary>
    public string Problem { get; }
}
