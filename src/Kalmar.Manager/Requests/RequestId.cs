namespace Kalmar.Manager.Requests;

/// <summary>The uuid of a request.</summary>
/// <param name="Value">The uuid.</param>
public readonly record struct RequestId(Guid Value)
{
    /// <summary>A new one.</summary>
    public static RequestId New() => new(Guid.NewGuid());

    /// <summary>Parses a uuid.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    public static bool TryParse(string? text, out RequestId id)
    {
        bool ok = Guid.TryParse(text, out Guid value);
        id = new RequestId(value);
        return ok;
    }

    /// <summary>Lower case with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
