namespace Kalmar.Wire.Messages;

/// <summary>Reads a message as what its header says it is.</summary>
public static class MessageReader
{
    /// <summary>Decodes the front of a type that we know; any other message comes back as it is.</summary>
    /// <param name="message">The message as it travelled.</param>
    /// <exception cref="CephProtocolException">The type is known and the front is damaged or demands a newer reader.</exception>
    public static IMessage Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Type switch
        {
            MessageType.Auth => message.As<MAuth>(),
            MessageType.AuthReply => message.As<MAuthReply>(),
            MessageType.Command => message.As<MCommand>(),
            MessageType.CommandReply => message.As<MCommandReply>(),
            MessageType.Config => message.As<MConfig>(),
            MessageType.FsMap => message.As<MFsMap>(),
            MessageType.KvData => message.As<MKvData>(),
            MessageType.Log => message.As<MLog>(),
            MessageType.LogAck => message.As<MLogAck>(),
            MessageType.MdsMap => message.As<MMdsMap>(),
            MessageType.MgrBeacon => message.As<MMgrBeacon>(),
            MessageType.MgrClose => message.As<MMgrClose>(),
            MessageType.MgrCommand => message.As<MMgrCommand>(),
            MessageType.MgrCommandReply => message.As<MMgrCommandReply>(),
            MessageType.MgrConfigure => message.As<MMgrConfigure>(),
            MessageType.MgrDigest => message.As<MMgrDigest>(),
            MessageType.MgrMap => message.As<MMgrMap>(),
            MessageType.MgrOpen => message.As<MMgrOpen>(),
            MessageType.MgrReport => message.As<MMgrReport>(),
            MessageType.MgrUpdate => message.As<MMgrUpdate>(),
            MessageType.MonCommand => message.As<MMonCommand>(),
            MessageType.MonCommandAck => message.As<MMonCommandAck>(),
            MessageType.MonGetMap => message.As<MMonGetMap>(),
            MessageType.MonGetVersion => message.As<MMonGetVersion>(),
            MessageType.MonGetVersionReply => message.As<MMonGetVersionReply>(),
            MessageType.MonMap => message.As<MMonMap>(),
            MessageType.MonMgrReport => message.As<MMonMgrReport>(),
            MessageType.MonSubscribe => message.As<MMonSubscribe>(),
            MessageType.MonSubscribeAck => message.As<MMonSubscribeAck>(),
            MessageType.OsdForceRecovery => message.As<MOsdForceRecovery>(),
            MessageType.OsdMap => message.As<MOsdMap>(),
            MessageType.OsdScrub2 => message.As<MOsdScrub2>(),
            MessageType.PgStats => message.As<MPgStats>(),
            MessageType.ServiceMap => message.As<MServiceMap>(),
            _ => message,
        };
    }
}
