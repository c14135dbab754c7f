using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests.Browsing;

/// <summary>Servers for a browser on this machine: by the real clock, since the browser has none other, and without signing in.</summary>
internal static class Scenes
{
    public static async Task<ServerUnderTest> StartAsync(string? folder = null, int port = 0)
    {
        ServerUnderTest server = await ServerUnderTest.StartAsync(o => o with { AnonymousOnLoopback = true }, folder, TimeProvider.System, port: port);
        server.Clusters.Set(Samples.Healthy(server.Clock.GetUtcNow()));
        return server;
    }
}
