using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Services;
using Kalmar.Carbon.Writing;
using Kalmar.Cli.Configuration;
using Kalmar.Manager.History;
using Microsoft.Extensions.Logging;

namespace Kalmar.Cli.Hosting;

/// <summary>Opens the server's Carbon ports on its own history: a query sees a point that came in by them at once, as it sees Kalmar's own.</summary>
internal static class CarbonPorts
{
    /// <summary>Opens them.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="data">The server's data folder; the history is in <c>whisper</c> below it.</param>
    /// <param name="history">Cache, writer and index to use.</param>
    /// <param name="logger">Gets notices.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CommandException">A port is taken, the certificate or a file of rules is wrong.</exception>
    public static async Task<CarbonService> OpenAsync(CarbonSettings settings, string data, HistoryService history, ILogger logger, TimeProvider time)
    {
        try
        {
            var store = new CarbonStore(history.Cache, history.Writer, history.Source.Announce);
            return await CarbonService.StartAsync(Options(settings, data), store, Tell, time).ConfigureAwait(false);
        }
        catch (CarbonConfigurationException e)
        {
            throw new CommandException(e.Message, ExitCode.Configuration, e);
        }
        catch (SocketException e)
        {
            throw new CommandException(
                $"a port of carbon: cannot be opened ({string.Join(", ", EndPoints(settings))}): {e.Message}. Choose others or set carbon:enabled to false.", ExitCode.Unavailable, e);
        }
        catch (CryptographicException e)
        {
            throw new CommandException($"carbon:certificate: {settings.Certificate}: {e.Message}", ExitCode.Configuration, e);
        }

        void Tell(WriterNotice notice)
        {
            Log(logger, notice);
            history.Record(notice);
        }
    }

    private static CarbonOptions Options(CarbonSettings settings, string data)
    {
        SslServerAuthenticationOptions? tls = settings.Certificate is null
            ? null
            : new SslServerAuthenticationOptions { ServerCertificate = X509Certificate2.CreateFromPemFile(settings.Certificate, settings.CertificateKey) };
        (ReceiverProtocol Protocol, IPEndPoint? EndPoint)[] ports =
            [(ReceiverProtocol.Line, settings.Line), (ReceiverProtocol.Pickle, settings.Pickle), (ReceiverProtocol.Protobuf, settings.Protobuf)];
        ReceiverOptions Receiver(ReceiverProtocol protocol, IPEndPoint endPoint) => new()
        {
            Protocol = protocol,
            EndPoint = endPoint,
            Tls = tls,
            MaxConnections = settings.MaxConnections,
            IdleTimeout = settings.IdleTimeout,
        };
        return new CarbonOptions
        {
            Program = settings.Rules is null ? CarbonProgram.Cache : CarbonProgram.AggregatorCache,
            Instance = "kalmar",
            ConfigurationFolder = settings.Rules ?? Path.Combine(data, "no-rules"),
            UseWhitelist = settings.Rules is not null,
            Writer = new WriterOptions { DataFolder = Path.Combine(data, "whisper") },
            Receivers = [.. ports.Where(p => p.EndPoint is not null).Select(p => Receiver(p.Protocol, p.EndPoint!))],
            Udp = settings.Udp is null ? null : Receiver(ReceiverProtocol.Line, settings.Udp) with { Tls = null },
            CacheQuery = settings.Query,
            JournalFolder = settings.Journal ? Path.Combine(data, "journal") : null,
            Copies = settings.RemoteWrite,
            Relay = new RelayOptions { SpoolFolder = Path.Combine(data, "spool") },
        };
    }

    private static IEnumerable<string> EndPoints(CarbonSettings settings) =>
        new[] { settings.Line, settings.Udp, settings.Pickle, settings.Protobuf, settings.Query }.OfType<IPEndPoint>().Select(e => e.ToString());

    private static void Log(ILogger logger, WriterNotice notice)
    {
        if (notice.Kind is WriterNoticeKind.ConfigurationRead or WriterNoticeKind.DestinationBack or WriterNoticeKind.DiskWorksAgain)
        {
            HostLog.CarbonNotice(logger, notice.Message);
        }
        else
        {
            HostLog.CarbonWarning(logger, notice.Kind, notice.Message);
        }
    }
}
