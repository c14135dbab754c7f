namespace Kalmar.Wire.Messages;

/// <summary>Types of messages that this library knows, with the header's values. Others pass through as <see cref="RawMessage"/>.</summary>
public enum MessageType
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary><see cref="MMonMap"/>.</summary>
    MonMap = 4,

    /// <summary><see cref="MMonGetMap"/>.</summary>
    MonGetMap = 5,

    /// <summary><see cref="MMonSubscribe"/>.</summary>
    MonSubscribe = 15,

    /// <summary><see cref="MMonSubscribeAck"/>.</summary>
    MonSubscribeAck = 16,

    /// <summary><see cref="MAuth"/>.</summary>
    Auth = 17,

    /// <summary><see cref="MAuthReply"/>.</summary>
    AuthReply = 18,

    /// <summary><see cref="MMonGetVersion"/>.</summary>
    MonGetVersion = 19,

    /// <summary><see cref="MMonGetVersionReply"/>.</summary>
    MonGetVersionReply = 20,

    /// <summary><see cref="MMdsMap"/>.</summary>
    MdsMap = 21,

    /// <summary><see cref="MOsdMap"/>.</summary>
    OsdMap = 41,

    /// <summary>An operation on objects, to an OSD.</summary>
    OsdOp = 42,

    /// <summary>The answer to <see cref="OsdOp"/>.</summary>
    OsdOpReply = 43,

    /// <summary><see cref="MFsMap"/>.</summary>
    FsMap = 45,

    /// <summary><see cref="MMonCommand"/>.</summary>
    MonCommand = 50,

    /// <summary><see cref="MMonCommandAck"/>.</summary>
    MonCommandAck = 51,

    /// <summary><see cref="MLog"/>.</summary>
    Log = 52,

    /// <summary><see cref="MLogAck"/>.</summary>
    LogAck = 53,

    /// <summary><see cref="MKvData"/>.</summary>
    KvData = 54,

    /// <summary>An OSD asks to hold operations back.</summary>
    OsdBackoff = 61,

    /// <summary><see cref="MConfig"/>.</summary>
    Config = 62,

    /// <summary><see cref="MPgStats"/>.</summary>
    PgStats = 87,

    /// <summary><see cref="MCommand"/>.</summary>
    Command = 97,

    /// <summary><see cref="MCommandReply"/>.</summary>
    CommandReply = 98,

    /// <summary><see cref="MOsdScrub2"/>.</summary>
    OsdScrub2 = 121,

    /// <summary><see cref="MOsdForceRecovery"/>.</summary>
    OsdForceRecovery = 151,

    /// <summary><see cref="MMgrOpen"/>.</summary>
    MgrOpen = 0x700,

    /// <summary><see cref="MMgrConfigure"/>.</summary>
    MgrConfigure = 0x701,

    /// <summary><see cref="MMgrReport"/>.</summary>
    MgrReport = 0x702,

    /// <summary><see cref="MMgrBeacon"/>.</summary>
    MgrBeacon = 0x703,

    /// <summary><see cref="MMgrMap"/>.</summary>
    MgrMap = 0x704,

    /// <summary><see cref="MMgrDigest"/>.</summary>
    MgrDigest = 0x705,

    /// <summary><see cref="MMonMgrReport"/>.</summary>
    MonMgrReport = 0x706,

    /// <summary><see cref="MServiceMap"/>.</summary>
    ServiceMap = 0x707,

    /// <summary><see cref="MMgrClose"/>.</summary>
    MgrClose = 0x708,

    /// <summary><see cref="MMgrCommand"/>.</summary>
    MgrCommand = 0x709,

    /// <summary><see cref="MMgrCommandReply"/>.</summary>
    MgrCommandReply = 0x70a,

    /// <summary><see cref="MMgrUpdate"/>.</summary>
    MgrUpdate = 0x70b,
}
