using System.Net;
using System.Threading.Channels;
using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Messenger;

/// <summary>A server that plays a monitor as far as the handshake, with real cephx behind it, and keeps what its peers send.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly EntityName Client = new(EntityType.Client, "admin");

    private readonly Channel<(MessengerConnection Connection, RecordingHandler Handler)> _sessions =
        Channel.CreateUnbounded<(MessengerConnection, RecordingHandler)>();

    public TestServer(
        Func<ListenerOptions, ListenerOptions>? configure = null, Func<RecordingHandler>? handler = null, AuthMethod method = AuthMethod.Cephx)
    {
        Method = method;
        Key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System);
        KeyServer = new CephxKeyServer(TimeProvider.System);
        var caps = new Dictionary<string, string> { ["mon"] = "allow *", ["mgr"] = "allow *", ["osd"] = "allow *" };
        KeyServer.Set(Client, new EntityAuth(Key, caps, CephKey.Empty));
        var options = new ListenerOptions
        {
            Messenger = new MessengerOptions { EntityType = EntityType.Mon, KeepaliveInterval = TimeSpan.Zero },
            Methods = [method],
        };
        Listener = MessengerListener.Start(
            configure?.Invoke(options) ?? options,
            () => method == AuthMethod.None ? new NoneServerAuthenticator(KeyServer.AllocateGlobalId) : KeyServer.CreateAuthenticator(),
            connection =>
            {
                RecordingHandler recorder = handler?.Invoke() ?? new RecordingHandler();
                _sessions.Writer.TryWrite((connection, recorder));
                return recorder;
            });
    }

    public AuthMethod Method { get; }

    public CephKey Key { get; }

    public CephxKeyServer KeyServer { get; }

    public MessengerListener Listener { get; }

    public EntityAddress Address => Listener.Addresses.Addresses[0];

    public IClientAuthenticator Authenticator(CephKey? key = null) => Method == AuthMethod.None
        ? new NoneClientAuthenticator(Client, 0, EntityType.Mon)
        : new CephxMonClientAuthenticator(Client, key ?? Key, EntityType.Mon | EntityType.Mgr, new CephxTicketStore(TimeProvider.System), TimeProvider.System);

    public Task<MessengerConnection> ConnectAsync(ConnectionMode mode = ConnectionMode.Crc, EntityAddress? address = null) =>
        MessengerConnection.ConnectAsync(
            address ?? Address,
            EntityType.Mon,
            Authenticator(),
            new MessengerOptions { Modes = [mode] },
            TestContext.Current.CancellationToken);

    /// <summary>The next session that a client made.</summary>
    public async Task<(MessengerConnection Connection, RecordingHandler Handler)> AcceptAsync() =>
        await _sessions.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public static ListenerOptions Ipv6(ListenerOptions options) => options with { EndPoint = new IPEndPoint(IPAddress.IPv6Loopback, 0) };

    public ValueTask DisposeAsync() => Listener.DisposeAsync();
}
