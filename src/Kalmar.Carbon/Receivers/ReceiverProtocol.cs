namespace Kalmar.Carbon.Receivers;

/// <summary>What is spoken on a port.</summary>
public enum ReceiverProtocol
{
    /// <summary><c>name value time</c> in lines.</summary>
    Line,

    /// <summary>Python's pickle in frames.</summary>
    Pickle,

    /// <summary>Carbon's protobuf in frames.</summary>
    Protobuf,
}
