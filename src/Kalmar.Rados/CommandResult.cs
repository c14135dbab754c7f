using System.Text;
using System.Text.Json;
using Kalmar.Wire;

namespace Kalmar.Rados;

/// <summary>What a monitor or daemon answered to a command.</summary>
/// <param name="Command">The command's prefix.</param>
/// <param name="Result">0 or positive, or a negative errno.</param>
/// <param name="Status">One line for an operator; often empty.</param>
/// <param name="Output">The output, JSON when that was asked for.</param>
/// <param name="MapVersion">
/// From a monitor: the version of the map that the command concerns, for <c>osd ...</c> the OSD map's epoch. After a change it is the version
/// from which on the change is visible. 0 from other daemons.
/// </param>
public sealed record CommandResult(string Command, int Result, string Status, ReadOnlyMemory<byte> Output, ulong MapVersion = 0)
{
    /// <summary>When it was refused for want of caps: which ones our user lacks, one line; null otherwise.</summary>
    public string? Advice { get; init; }

    /// <summary>True when it did not fail.</summary>
    public bool IsSuccess => Result >= 0;

    /// <summary>The output as text.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>This result, if the command did not fail.</summary>
    /// <exception cref="CephServerException">It did.</exception>
    public CommandResult EnsureSuccess() => IsSuccess
        ? this
        : throw new CephServerException(
            Result == int.MinValue ? int.MaxValue : -Result, $"'{Command}' failed with errno {-(long)Result}: {Reason}", Command);

    private string Reason => (Status, Advice) switch
    {
        ("", null) => "no reason given",
        (_, null) => Status,
        ("", _) => Advice,
        _ => $"{Status}; {Advice}",
    };

    /// <summary>The output of a command that did not fail, parsed.</summary>
    /// <exception cref="CephServerException">It failed.</exception>
    /// <exception cref="CephProtocolException">The output is no JSON.</exception>
    public JsonDocument ToJson()
    {
        EnsureSuccess();
        try
        {
            return JsonDocument.Parse(Output);
        }
        catch (JsonException e)
        {
            throw new CephProtocolException($"'{Command}' did not answer in JSON: {e.Message}", e);
        }
    }
}
