using System.Collections.Concurrent;
using System.Text;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Messenger;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Auth;

/// <summary>
/// A monitor and a manager of ours that know just enough for <c>ceph tell mgr …</c> of the real Ceph: they let it in by cephx, the monitor tells
/// where the manager is, the manager answers one command.
/// </summary>
internal sealed class PretendedCluster : IAsyncDisposable
{
    public const string Output = "squid is kalmar in Swedish";
    private const ulong MgrGid = 4099;
    private const uint MgrNonce = 77;
    private const string Descriptions =
        """{"cmd000":{"sig":["hello"],"help":"says hello","module":"mgr","perm":"r","flags":0}}""";

    private readonly TemporaryFolder _folder = new();
    private readonly Guid _fsid = Guid.NewGuid();
    private readonly MessengerListener _monitor;
    private readonly MessengerListener _mgr;

    public PretendedCluster(ConnectionMode mode, CephxKeyServerOptions? options = null)
    {
        Keys = new CephxKeyServer(TimeProvider.System, options);
        var admin = EntityName.Parse("client.admin");
        AdminKey = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System);
        Dictionary<string, string> caps = new(StringComparer.Ordinal) { ["mon"] = "allow *", ["mgr"] = "allow r" };
        Keys.Set(admin, new EntityAuth(AdminKey, caps, CephKey.Empty));
        _mgr = MessengerListener.Start(
            Options(EntityType.Mgr, mode, (long)MgrGid, MgrNonce),
            () => new CephxServiceServerAuthenticator(EntityType.Mgr, Keys.SecretsOf(EntityType.Mgr), TimeProvider.System),
            c => new Handler(this, MgrSessions, c, MgrMessage));
        _monitor = MessengerListener.Start(
            Options(EntityType.Mon, mode, 0, 0), Keys.CreateAuthenticator, c => new Handler(this, MonSessions, c, MonMessage));
        string keyring = _folder.File("keyring");
        File.WriteAllText(keyring, CephKeyring.Format([new CephKeyringEntry(admin, AdminKey, caps, 0)]));
        ConfPath = _folder.File("ceph.conf");
        string word = mode == ConnectionMode.Secure ? "secure" : "crc";
        File.WriteAllText(ConfPath, $"""
            [global]
            fsid = {_fsid}
            mon host = [v2:{_monitor.EndPoint}/0]
            keyring = {keyring}
            ms client mode = {word}
            ms mon client mode = {word}

            """);
    }

    public CephxKeyServer Keys { get; }

    public CephKey AdminKey { get; }

    public string ConfPath { get; }

    public ConcurrentQueue<ConnectionPeer> MonSessions { get; } = [];

    public ConcurrentQueue<ConnectionPeer> MgrSessions { get; } = [];

    public string? Refusal => (_monitor.LastRefusal ?? _mgr.LastRefusal)?.Message;

    /// <summary>How many of the next sessions the monitor ends as soon as it has told the maps.</summary>
    public int Interruptions { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _mgr.DisposeAsync();
        _folder.Dispose();
    }

    private static ListenerOptions Options(EntityType type, ConnectionMode mode, long number, uint nonce)
    {
        var options = new ListenerOptions { Number = number };
        return options with { Messenger = options.Messenger with { EntityType = type, Modes = [mode], Nonce = nonce } };
    }

    private static byte[] Encode<T>(T value)
        where T : IWireEncodable<T>
    {
        var writer = new WireWriter();
        value.Write(writer);
        return writer.ToArray();
    }

    private void MonMessage(MessengerConnection connection, RawMessage message)
    {
        switch (message.Type)
        {
            case MessageType.MonGetMap:
                connection.TrySend(new MMonMap(Encode(MonMap())));
                break;
            case MessageType.MonSubscribe:
                IReadOnlyDictionary<string, SubscriptionRequest> wanted = message.As<MMonSubscribe>().Subscriptions;
                if (wanted.ContainsKey("monmap"))
                {
                    connection.TrySend(new MMonMap(Encode(MonMap())));
                }

                if (wanted.ContainsKey("config"))
                {
                    connection.TrySend(new MConfig(new Dictionary<string, string>(StringComparer.Ordinal)));
                }

                if (wanted.ContainsKey("mgrmap"))
                {
                    if (Interruptions-- > 0)
                    {
                        connection.Close("interrupted");
                        return;
                    }

                    connection.TrySend(new MMgrMap(Encode(MgrMap())));
                }

                break;
            default:
                break;
        }
    }

    private void MgrMessage(MessengerConnection connection, RawMessage message)
    {
        string command = message.Type switch
        {
            MessageType.Command => message.As<MCommand>().Command[0],
            MessageType.MgrCommand => message.As<MMgrCommand>().Command[0],
            _ => "",
        };
        byte[] output = Encoding.UTF8.GetBytes(command.Contains("get_command_descriptions", StringComparison.Ordinal) ? Descriptions : Output);
        if (message.Type == MessageType.Command)
        {
            connection.TrySend(new MCommandReply(0, "", output), message.Header.Transaction);
        }
        else if (message.Type == MessageType.MgrCommand)
        {
            connection.TrySend(new MMgrCommandReply(0, "", output), message.Header.Transaction);
        }
    }

    private MonMap MonMap() => new()
    {
        Fsid = _fsid,
        Epoch = new Epoch(1),
        Monitors = ValueMap<string, MonInfo>.Empty.With([new("a", new MonInfo { Name = "a", Addresses = _monitor.Addresses })]),
        Ranks = ["a"],

        // Kraken to Pacific: without them a client holds the monitors for ancient, and managers for not to be had.
        PersistentFeatures = 0x7f,
        MinMonRelease = CephRelease.Pacific,
    };

    private MgrMap MgrMap() => new()
    {
        EncodingVersion = 12,
        Epoch = new Epoch(3),
        ActiveGid = MgrGid,
        ActiveName = "x",
        IsAvailable = true,
        ActiveAddresses = _mgr.Addresses,
        ActiveFeatures = MessengerFeatures.Supported,
    };

    private sealed class Handler : IConnectionHandler
    {
        private readonly PretendedCluster _cluster;
        private readonly Action<MessengerConnection, RawMessage> _answer;

        public Handler(
            PretendedCluster cluster, ConcurrentQueue<ConnectionPeer> sessions, MessengerConnection connection, Action<MessengerConnection, RawMessage> answer)
        {
            _cluster = cluster;
            _answer = answer;
            sessions.Enqueue(connection.Peer);
        }

        public ValueTask MessageAsync(MessengerConnection connection, RawMessage message, CancellationToken cancellationToken)
        {
            if (message.Type == MessageType.Auth)
            {
                MAuth request = message.As<MAuth>();
                byte[] reply = _cluster.Keys.HandleRequest(connection.Peer.Name!.Value, request.Payload.Span);
                connection.TrySend(new MAuthReply(AuthMethod.Cephx, 0, connection.Peer.GlobalId, reply, ""), message.Header.Transaction);
                return ValueTask.CompletedTask;
            }

            _answer(connection, message);
            return ValueTask.CompletedTask;
        }

        public void Ended(MessengerConnection connection, ConnectionEnd end)
        {
        }
    }
}
