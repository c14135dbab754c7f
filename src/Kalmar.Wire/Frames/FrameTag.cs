namespace Kalmar.Wire.Frames;

/// <summary>The kinds of frames of messenger 2.1, with the values of the preamble's first byte.</summary>
public enum FrameTag
{
    /// <summary>No frame.</summary>
    None = 0,

    /// <summary>Who I am and where I see you: the first frame of both ends.</summary>
    Hello = 1,

    /// <summary>Client: how I want to prove who I am.</summary>
    AuthRequest = 2,

    /// <summary>Server: not in this way.</summary>
    AuthBadMethod = 3,

    /// <summary>Server: a step of the method.</summary>
    AuthReplyMore = 4,

    /// <summary>Client: a step of the method.</summary>
    AuthRequestMore = 5,

    /// <summary>Server: proven.</summary>
    AuthDone = 6,

    /// <summary>Both: the signature over what was received so far.</summary>
    AuthSignature = 7,

    /// <summary>Client: a new session, please.</summary>
    ClientIdent = 8,

    /// <summary>Server: the session stands.</summary>
    ServerIdent = 9,

    /// <summary>Server: you lack features that I require.</summary>
    IdentMissingFeatures = 10,

    /// <summary>Client: go on with an older session.</summary>
    SessionReconnect = 11,

    /// <summary>Server: I don't know that session.</summary>
    SessionReset = 12,

    /// <summary>Server: try again with a higher connect sequence.</summary>
    SessionRetry = 13,

    /// <summary>Server: try again with a higher global sequence.</summary>
    SessionRetryGlobal = 14,

    /// <summary>Server: the older session goes on.</summary>
    SessionReconnectOk = 15,

    /// <summary>Server: we both connect at the same time, let mine win.</summary>
    Wait = 16,

    /// <summary>A message of up to four segments: header, front, middle, data.</summary>
    Message = 17,

    /// <summary>Are you there?</summary>
    Keepalive = 18,

    /// <summary>I am.</summary>
    KeepaliveAck = 19,

    /// <summary>Messages up to this number arrived; only on sessions that are not lossy.</summary>
    Ack = 20,

    /// <summary>Client: let us compress.</summary>
    CompressionRequest = 21,

    /// <summary>Server: with this method, or not at all.</summary>
    CompressionDone = 22,
}
