using System.Text;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Instrumentation;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Routing;
using Kalmar.Carbon.Writing;

namespace Kalmar.Carbon.Services;

/// <content>What a running service does now and then: files of settings read again, own metrics.</content>
public sealed partial class CarbonService
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(10);

    /// <summary>Reads changed files of settings again; done every ten seconds.</summary>
    public void Refresh()
    {
        if (_ownsStore && TryRefresh(_schemas) | TryRefresh(_storageAggregation))
        {
            Writer?.Use(_schemas.Value, _storageAggregation.Value);
        }

        if (TryRefresh(_aggregationRules))
        {
            _aggregation?.Use(_aggregationRules.Value);
            Relay?.ForgetRoutes();
        }

        TryRefresh(_rewriteRules);
        TryRefresh(_blacklist);
        TryRefresh(_whitelist);
    }

    /// <summary>Writes own metrics under the names that Carbon has for them; done every <see cref="CarbonOptions.MetricInterval"/>.</summary>
    public void Record()
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        foreach ((string name, double value) in _self.Collect(this, _lists, _aggregation, _queries))
        {
            _entry.Accept(new IncomingPoint(Encoding.UTF8.GetBytes(name), now, value, default));
        }
    }

    private readonly SelfMetrics _self = new();
    private readonly Dictionary<Destination, (string? Trouble, long Refused)> _told = [];
    private string? _journalTrouble;
    private string? _tagTrouble;

    /// <summary>Tells when a destination goes away, comes back, or has refused points for good.</summary>
    private void WatchDestinations()
    {
        foreach ((Destination destination, DestinationCounters counters, long waiting, string? trouble) in
            new[] { Relay, Copies }.OfType<RelaySink>().SelectMany(r => r.Destinations))
        {
            (string? before, long refused) = _told.GetValueOrDefault(destination);
            if (counters.Refused > refused)
            {
                Tell(WriterNoticeKind.PointsLost, $"{destination} refused {counters.Refused - refused} points for good: {trouble ?? before}");
            }
            else if (trouble is not null && before is null)
            {
                Tell(WriterNoticeKind.DestinationAway, $"{destination} takes no points ({trouble}); {waiting} bytes wait");
            }
            else if (trouble is null && before is not null)
            {
                Tell(WriterNoticeKind.DestinationBack, $"{destination} takes points again");
            }

            _told[destination] = (trouble, counters.Refused);
        }
    }

    private void WatchJournal() => Watch(
        ref _journalTrouble,
        _journal?.Trouble,
        (WriterNoticeKind.DiskRefuses, trouble => $"the journal in {Options.JournalFolder} has no space ({trouble}); receivers wait"),
        (WriterNoticeKind.DiskWorksAgain, "the journal has space again"));

    private void WatchTags() => Watch(
        ref _tagTrouble,
        Tags?.Trouble,
        (WriterNoticeKind.DestinationAway, trouble => $"{Tags!.Address} takes no names of series ({trouble}); points are not concerned; set GRAPHITE_URL, or ENABLE_TAGS = False"),
        (WriterNoticeKind.DestinationBack, $"{Tags?.Address} takes names of series again"));

    /// <summary>Tells when a trouble begins, and when it is over.</summary>
    private void Watch(ref string? before, string? trouble, (WriterNoticeKind Kind, Func<string, string> Message) begin, (WriterNoticeKind Kind, string Message) end)
    {
        if (trouble is not null && before is null)
        {
            Tell(begin.Kind, begin.Message(trouble));
        }
        else if (trouble is null && before is not null)
        {
            Tell(end.Kind, end.Message);
        }

        before = trouble;
    }

    private void Tell(WriterNoticeKind kind, string message) => OnNotice?.Invoke(new WriterNotice(kind, message));

    private bool TryRefresh<T>(WatchedFile<T> file)
        where T : class
    {
        try
        {
            bool changed = file.Refresh();
            if (changed)
            {
                OnNotice?.Invoke(new WriterNotice(WriterNoticeKind.ConfigurationRead, $"{typeof(T).Name} were read again"));
            }

            return changed;
        }
        catch (Exception e) when (e is CarbonConfigurationException or IOException or UnauthorizedAccessException)
        {
            OnNotice?.Invoke(new WriterNotice(WriterNoticeKind.ConfigurationRefused, $"the settings before stay in force: {e.Message}"));
            return false;
        }
    }

    private async Task UpkeepAsync()
    {
        TimeSpan interval = Options.MetricInterval > TimeSpan.Zero && Options.MetricInterval < RefreshInterval ? Options.MetricInterval : RefreshInterval;
        using var timer = new PeriodicTimer(interval, _time);
        long recorded = _time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            Refresh();
            WatchDestinations();
            WatchJournal();
            WatchTags();
            if (Options.MetricInterval > TimeSpan.Zero && _time.GetElapsedTime(recorded) >= Options.MetricInterval - TimeSpan.FromMilliseconds(100))
            {
                recorded = _time.GetTimestamp();
                Record();
            }
        }
    }
}
