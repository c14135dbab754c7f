using System.Collections.Concurrent;
using System.Threading.Channels;
using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Monitors;

/// <summary>A monitor that does what a test wants: gives maps or not, answers commands or not, drops its sessions.</summary>
internal sealed class FakeMonitor : IAsyncDisposable, IConnectionHandler
{
    private readonly FakeMonitors _cluster;
    private readonly ConcurrentDictionary<MessengerConnection, byte> _sessions = [];
    private readonly Channel<MMonSubscribe> _subscriptions = Channel.CreateUnbounded<MMonSubscribe>();
    private readonly Channel<MMonCommand> _commands = Channel.CreateUnbounded<MMonCommand>();

    public FakeMonitor(FakeMonitors cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        Listener = MessengerListener.Start(
            new ListenerOptions { Messenger = new MessengerOptions { EntityType = EntityType.Mon, KeepaliveInterval = TimeSpan.Zero } },
            cluster.KeyServer.CreateAuthenticator,
            connection =>
            {
                _sessions[connection] = 0;
                return this;
            });
    }

    public string Name { get; }

    public MessengerListener Listener { get; }

    public EntityAddress Address => Listener.Addresses.Addresses[0];

    /// <summary>False: lets clients in, but gives no maps.</summary>
    public bool IsInQuorum { get; set; } = true;

    /// <summary>Commands that come are answered with their own text; null leaves them unanswered.</summary>
    public Func<MMonCommand, MMonCommandAck?> OnCommand { get; set; } =
        static command => new MMonCommandAck(0, "", command.Command, System.Text.Encoding.UTF8.GetBytes(command.Command[0]), 7);

    public ChannelReader<MMonSubscribe> Subscriptions => _subscriptions.Reader;

    public ChannelReader<MMonCommand> Commands => _commands.Reader;

    public int Sessions => _sessions.Count;

    public void DropSessions()
    {
        foreach (MessengerConnection session in _sessions.Keys)
        {
            session.Close("dropped by the test");
        }
    }

    public async Task SendToAllAsync(IMessage message)
    {
        foreach (MessengerConnection session in _sessions.Keys)
        {
            // One that was dropped a moment ago may still be in the list.
            if (session.End is null)
            {
                await session.SendAsync(message, 0, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask MessageAsync(MessengerConnection connection, RawMessage message, CancellationToken cancellationToken)
    {
        switch (message.Type)
        {
            case MessageType.MonSubscribe:
                MMonSubscribe subscribe = message.As<MMonSubscribe>();
                _subscriptions.Writer.TryWrite(subscribe);
                if (IsInQuorum && subscribe.Subscriptions.ContainsKey("monmap"))
                {
                    await connection.SendAsync(new MMonMap(_cluster.EncodeMonMap()), 0, cancellationToken);
                }

                break;

            case MessageType.MonCommand:
                MMonCommand command = message.As<MMonCommand>();
                _commands.Writer.TryWrite(command);
                if (OnCommand(command) is { } ack)
                {
                    await connection.SendAsync(ack, message.Header.Transaction, cancellationToken);
                }

                break;

            case MessageType.MonGetVersion:
                MMonGetVersion get = message.As<MMonGetVersion>();
                await connection.SendAsync(new MMonGetVersionReply(get.Handle, 42, 7), message.Header.Transaction, cancellationToken);
                break;

            case MessageType.Auth:
                byte[] reply = _cluster.KeyServer.HandleRequest(connection.Peer.Name!.Value, message.As<MAuth>().Payload.Span);
                await connection.SendAsync(new MAuthReply(AuthMethod.Cephx, 0, connection.Peer.GlobalId, reply, ""), 0, cancellationToken);
                break;
        }
    }

    public void Ended(MessengerConnection connection, ConnectionEnd end) => _sessions.TryRemove(connection, out _);

    public ValueTask DisposeAsync() => Listener.DisposeAsync();
}
