namespace Kalmar.Manager.Requests;

/// <summary>A change was refused before anything was sent. <see cref="Exception.Message"/> says what is wrong and what to do.</summary>
public sealed class RequestRefusedException : Exception
{
    /// <summary>A refusal without words; for the serializer's sake only.</summary>
    public RequestRefusedException()
        : this(RefusalReason.Invalid, "", "refused")
    {
    }

    /// <summary>An invalid request.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public RequestRefusedException(string message)
        : this(RefusalReason.Invalid, "", message)
    {
    }

    /// <summary>An invalid request with its cause.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RequestRefusedException(string message, Exception innerException)
        : base(message, innerException) =>
        Fields = new Dictionary<string, string>();

    /// <summary>A refusal.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="field">The field that is wrong, with the API's name; empty when it is none.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public RequestRefusedException(RefusalReason reason, string field, string message)
        : base(message)
    {
        Reason = reason;
        Fields = field.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { [field] = message };
    }

    /// <summary>An invalid request with several wrong fields.</summary>
    /// <param name="fields">Each wrong field with what is wrong; at least one.</param>
    public RequestRefusedException(IReadOnlyDictionary<string, string> fields)
        : base(string.Join("; ", fields.Select(f => $"{f.Key}: {f.Value}"))) => Fields = fields;

    /// <summary>Why.</summary>
    public RefusalReason Reason { get; }

    /// <summary>The wrong fields, with the API's names, and what is wrong with each.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; }
}
