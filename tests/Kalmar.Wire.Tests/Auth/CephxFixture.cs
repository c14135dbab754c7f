using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

/// <summary>A monitor's key server with a client and a mgr in it, and the steps of a session carried from one end to the other.</summary>
internal sealed class CephxFixture
{
    public const EntityType Wanted = EntityType.Mon | EntityType.Osd | EntityType.Mds | EntityType.Mgr;
    public static readonly EntityName Client = new(EntityType.Client, "admin");
    public static readonly EntityName Mgr = new(EntityType.Mgr, "x");

    public CephxFixture(CephKeyType keyType = CephKeyType.Aes128, CephxKeyServerOptions? options = null)
    {
        ClientKey = CephKey.Generate(keyType, Time);
        MgrKey = CephKey.Generate(keyType, Time);
        Server = new CephxKeyServer(Time, (options ?? new CephxKeyServerOptions()) with { ServiceKeyType = keyType });
        Server.Set(Client, Entity(ClientKey, ("mon", "allow r"), ("osd", "allow rw pool=x"), ("mgr", "allow *")));
        Server.Set(Mgr, Entity(MgrKey, ("mon", "allow profile mgr"), ("osd", "allow *"), ("mds", "allow *")));
        Store = new CephxTicketStore(Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public CephKey ClientKey { get; }

    public CephKey MgrKey { get; }

    public CephxKeyServer Server { get; }

    public CephxTicketStore Store { get; }

    public static EntityAuth Entity(CephKey key, params (string Service, string Caps)[] caps) =>
        new(key, caps.ToDictionary(c => c.Service, c => c.Caps, StringComparer.Ordinal), CephKey.Empty);

    public CephxMonClientAuthenticator NewMonClient() => new(Client, ClientKey, Wanted, Store, Time);

    public CephxServiceServerAuthenticator NewMgrServer() => new(EntityType.Mgr, Server.SecretsOf(EntityType.Mgr), Time);

    /// <summary>A session with the monitor, kept in the store.</summary>
    public (AuthOutcome Client, AuthOutcome Server) Login(ConnectionMode mode = ConnectionMode.Secure)
    {
        CephxMonClientAuthenticator client = NewMonClient();
        (AuthOutcome, AuthOutcome) outcome = Run(client, Server.CreateAuthenticator(), mode);
        Store.Adopt(outcome.Item1.GlobalId, client.Tickets);
        return outcome;
    }

    /// <summary>Carries payloads between both ends until both are done.</summary>
    public static (AuthOutcome Client, AuthOutcome Server) Run(IClientAuthenticator client, IServerAuthenticator server, ConnectionMode mode)
    {
        byte[] request = client.Begin();
        for (int round = 0; round < 5; round++)
        {
            ServerAuthStep step = server.Handle(client.Method, mode, request);
            if (step.Outcome is { } outcome)
            {
                return (client.Finish(outcome.GlobalId, mode, step.Reply), outcome);
            }

            request = client.Continue(step.Reply);
        }

        throw new InvalidOperationException("the two ends go on for ever");
    }
}
