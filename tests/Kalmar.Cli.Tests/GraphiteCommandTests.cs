using System.Net.Sockets;

namespace Kalmar.Cli.Tests;

[Collection("console")]
public sealed class GraphiteCommandTests
{
    [Theory]
    [InlineData("0.0.0.0:18080")]
    [InlineData("192.0.2.1:8080")]
    [InlineData("[::]:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("nonsense")]
    public async Task Address_that_others_reach_or_that_is_none_is_refused(string listen)
    {
        string folder = Directory.CreateTempSubdirectory("kalmar-graphite-cli-").FullName;
        try
        {
            Assert.Equal(ExitCode.Usage, await KalmarApplication.RunAsync(["graphite", "--whisper", folder, "--listen", listen]));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task Missing_folder_wrong_server_and_taken_port_are_told_apart()
    {
        Assert.Equal(ExitCode.Io, await KalmarApplication.RunAsync(["graphite", "--whisper", "/no/such/folder"]));
        Assert.Equal(ExitCode.Usage, await KalmarApplication.RunAsync(["graphite", "--whisper", "/tmp", "--server", "ftp://x"]));
        string folder = Directory.CreateTempSubdirectory("kalmar-graphite-cli-").FullName;
        using TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        try
        {
            Assert.Equal(ExitCode.Unavailable, await KalmarApplication.RunAsync(["graphite", "--whisper", folder, "--listen", taken.LocalEndpoint.ToString()!]));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
