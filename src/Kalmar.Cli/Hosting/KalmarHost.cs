using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Schemas;
using Kalmar.Carbon.Services;
using Kalmar.Cli.Commands;
using Kalmar.Cli.Configuration;
using Kalmar.Graphite.Cluster;
using Kalmar.Graphite.Sources;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Kalmar.Manager.Graphite;
using Kalmar.Manager.History;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Server;
using Kalmar.Server.Endpoints;
using Kalmar.Whisper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kalmar.Cli.Hosting;

/// <summary>
/// The whole of Kalmar in one process, put together: clusters, history, state store, web server. Disposing stops it in the reverse order, so
/// that what was collected last is still written.
/// </summary>
internal sealed class KalmarHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StateStore _state;
    private readonly ClusterDirectory _clusters;
    private readonly HistoryService? _history;
    private readonly RequestService _requests;
    private readonly Eventer _eventer;

    private KalmarHost(WebApplication app, StateStore state, ClusterDirectory clusters, HistoryService? history, RequestService requests, Eventer eventer)
    {
        _requests = requests;
        _eventer = eventer;
        _app = app;
        _state = state;
        _clusters = clusters;
        _history = history;
    }

    /// <summary>The addresses on which the server listens.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>The ports that take metrics as Carbon does; null when there are none.</summary>
    public CarbonService? Carbon { get; private set; }

    /// <summary>The watched clusters.</summary>
    public ClusterDirectory Clusters => _clusters;

    /// <summary>Starts everything.</summary>
    /// <param name="options">The checked configuration.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running host, and the administrator's password when this was the first start.</returns>
    /// <exception cref="CommandException">The folder cannot be written, an address is taken, a schemas file is wrong.</exception>
    public static async Task<(KalmarHost Host, FirstAdministrator? Administrator)> StartAsync(
        KalmarOptions options, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        MakeDataFolder(options.Data);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.Data });
        builder.Logging.ClearProviders().AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(options.Log);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // The same failure, with its stack trace: we say it ourselves in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseUrls([.. options.Listen]);
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        ServerCertificate.Use(builder, options);

        // Ctrl-C is the command's: it stops the sandbox too, in order.
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        using ILoggerFactory loggers = LoggerFactory.Create(l => l.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(options.Log));

        StateStore state = await OpenStateAsync(options, time, mustExist: false, cancellationToken).ConfigureAwait(false);
        var clusters = new ClusterDirectory([.. options.Clusters.Select(c => new ClusterMonitor(MonitorOptions(c, options.Poll), time, loggers.CreateLogger<ClusterMonitor>()))]);
        var requests = new RequestService(state, clusters, new RequestServiceOptions(), time, loggers.CreateLogger<RequestService>());
        var eventer = new Eventer(state, clusters, new EventerOptions { Retention = options.EventRetention }, time, loggers.CreateLogger<Eventer>());
        HistoryService? history = null;
        KalmarHost? host = null;
        try
        {
            builder.Services.AddSingleton(time);
            builder.Services.AddSingleton(state);
            builder.Services.AddSingleton<IClusterDirectory>(clusters);
            builder.Services.AddSingleton<IRequestService>(requests);
            builder.Services.AddSingleton(state.Events);
            builder.Services.AddSingleton(state.Audit);
            if (options.History.Enabled)
            {
                history = new HistoryService(HistorySettings(options), clusters, time, loggers.CreateLogger<HistoryService>(), state.Events);
                builder.Services.AddSingleton(SourceOf(history, options.History));
                GraphiteStore graphiteStore = await OpenGraphiteAsync(options, loggers.CreateLogger<GraphiteStore>(), cancellationToken).ConfigureAwait(false);
                history.Source.OnNew = graphiteStore.Feed.Announce;
                builder.Services.AddSingleton(_ => graphiteStore); // made by a factory: the container disposes it
            }

            builder.Services.AddKalmarServer(new KalmarServerOptions { DataDirectory = options.Data, AnonymousOnLoopback = options.AnonymousRead, NewPgsPerOsd = options.NewPgsPerOsd });
            WebApplication app = builder.Build();
            app.MapKalmar();
            if (history is not null)
            {
                // Calamari's clients look below /graphite, everybody else at the root.
                GraphiteStore kept = app.Services.GetRequiredService<GraphiteStore>();
                var graphite = new GraphiteOptions
                {
                    Source = options.GraphiteServers.Count == 0
                        ? app.Services.GetRequiredService<IMetricSource>()
                        : new ClusterSource(app.Services.GetRequiredService<IMetricSource>(), [.. options.GraphiteServers.Select(s => new RemoteServer(s, time))]),
                    Tags = kept.Tags,
                    Events = kept.Events,
                    Dashboards = kept.Dashboards,
                    AnonymousRead = options.GraphiteAnonymousRead ? GraphiteAudience.Loopback : GraphiteAudience.Nobody,
                };
                app.MapGraphite(graphite, time).MapGraphite(graphite, time, "/graphite");
            }

            host = new KalmarHost(app, state, clusters, history, requests, eventer);
            FirstAdministrator? administrator = await app.EnsureAdministratorAsync(cancellationToken).ConfigureAwait(false);
            clusters.Start();
            await requests.StartAsync(cancellationToken).ConfigureAwait(false);
            await eventer.StartAsync(cancellationToken).ConfigureAwait(false);
            if (history is not null)
            {
                await history.StartAsync(cancellationToken).ConfigureAwait(false);
            }

            if (history is not null && options.Carbon is { } ports)
            {
                host.Carbon = await CarbonPorts.OpenAsync(ports, options.Data, history, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Kalmar.Carbon"), time)
                    .ConfigureAwait(false);
            }

            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return (host, administrator);
        }
        catch
        {
            if (host is not null)
            {
                await host.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
        if (Carbon is not null)
        {
            await Carbon.DisposeAsync().ConfigureAwait(false);
        }

        if (_history is not null)
        {
            await _history.DisposeAsync().ConfigureAwait(false);
        }

        await _eventer.DisposeAsync().ConfigureAwait(false);
        await _requests.DisposeAsync().ConfigureAwait(false);
        await _clusters.DisposeAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _state.DisposeAsync().ConfigureAwait(false);
    }

    private static void MakeDataFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the data folder {folder} cannot be made: {e.Message} Choose another one with --data.", ExitCode.Io, e);
        }
    }

    /// <summary>Opens the store of users, requests, events and audit.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="time">The clock.</param>
    /// <param name="mustExist">True to refuse to make a new SQLite file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">It cannot be opened.</exception>
    internal static async Task<StateStore> OpenStateAsync(KalmarOptions options, TimeProvider time, bool mustExist, CancellationToken cancellationToken)
    {
        string file = Path.Combine(options.Data, "kalmar.db");
        if (mustExist && options.StateConnection is null && !File.Exists(file))
        {
            throw new CommandException($"{file} does not exist; name the data folder with --data", ExitCode.Io);
        }

        try
        {
            return await StateStore.OpenAsync(DatabaseOf(options, "kalmar.db"), time, cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException e)
        {
            throw new CommandException(e.Message, ExitCode.Io, e);
        }
    }

    private static StateDatabase DatabaseOf(KalmarOptions options, string file) =>
        options.StateConnection is { } connection ? new PostgresDatabase(connection) : new SqliteDatabase(Path.Combine(options.Data, file));

    private static async Task<GraphiteStore> OpenGraphiteAsync(KalmarOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await GraphiteStore.OpenAsync(DatabaseOf(options, "graphite.db"), logger, cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException e)
        {
            throw new CommandException(e.Message, ExitCode.Io, e);
        }
    }

    private static ClusterMonitorOptions MonitorOptions(ClusterOptions cluster, PollOptions poll) => new()
    {
        Name = cluster.Cluster ?? (cluster.Conf is null ? "ceph" : Path.GetFileNameWithoutExtension(cluster.Conf)),
        Open = ClusterOpener.For(cluster),
        StatusInterval = poll.Status,
        UsageInterval = poll.Usage,
        MetadataInterval = poll.Metadata,
    };

    private static IMetricSource SourceOf(HistoryService history, HistoryOptions options) =>
        options.Ceres is { } tree ? new CombinedSource(history.Source, new CeresFolderSource(tree)) : history.Source;

    private static HistorySettings HistorySettings(KalmarOptions options)
    {
        HistoryOptions history = options.History;
        try
        {
            return new HistorySettings
            {
                Folder = Path.Combine(options.Data, "whisper"),
                Interval = history.Interval,
                Schemas = history.Schemas is { } schemas ? StorageSchemas.Load(schemas) : StorageSchemas.Uniform(RetentionPolicy.Parse(history.Retentions)),
                Aggregation = history.Aggregation is { } aggregation ? StorageAggregation.Load(aggregation) : StorageAggregation.Default,
                AllCounters = history.AllCounters,
                LongRunningDetail = history.LongRunningDetail,
                Host = history.Host,
                Daemons = history.Daemons,
                MaxCachedPoints = history.MaxCachedPoints,
                Rescan = history.Rescan,
            };
        }
        catch (WhisperConfigurationException e)
        {
            throw new CommandException($"history:retentions: {e.Message}", ExitCode.Configuration, e);
        }
        catch (CarbonConfigurationException e)
        {
            throw new CommandException(e.Message, ExitCode.Configuration, e);
        }
    }
}
