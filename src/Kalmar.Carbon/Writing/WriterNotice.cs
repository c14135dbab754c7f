namespace Kalmar.Carbon.Writing;

/// <summary>Something that people should know.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">In one line.</param>
public sealed record WriterNotice(WriterNoticeKind Kind, string Message);
