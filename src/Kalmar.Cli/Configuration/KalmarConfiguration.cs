using System.Globalization;
using System.Net;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Routing;
using Kalmar.Graphite.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Kalmar.Cli.Configuration;

/// <summary>
/// Brings the sources together, weakest first: defaults, the file <c>kalmar.json</c>, <c>KALMAR_…</c> variables, the command line. Checks
/// everything before anything starts and reports all mistakes at once, each with its key.
/// </summary>
public static class KalmarConfiguration
{
    private const string Prefix = "KALMAR_";

    // Variables with our prefix that are no configuration keys: they steer the program's own scripts and tests.
    private static readonly string[] NotKeys = ["TRACE", "CONFIG", "SERVER", "TOKEN", "TOKEN_FILE"];

    /// <summary>Reads and checks the configuration.</summary>
    /// <param name="file">The file named on the command line; null takes <c>$KALMAR_CONFIG</c>, then <c>/etc/kalmar/kalmar.json</c> if it is there.</param>
    /// <param name="commandLine">Keys set by options of the command line.</param>
    /// <param name="environment">The environment variables.</param>
    /// <exception cref="CommandException">Something is wrong; the message has one line for each mistake.</exception>
    public static KalmarOptions Load(
        string? file, IReadOnlyDictionary<string, string?> commandLine, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        ArgumentNullException.ThrowIfNull(environment);
        var errors = new List<string>();
        var builder = new ConfigurationBuilder();
        AddFile(builder, file, environment);
        builder.AddInMemoryCollection(FromEnvironment(environment));
        builder.AddInMemoryCollection(commandLine);
        IConfigurationRoot configuration;
        try
        {
            configuration = builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}", ExitCode.Configuration, e);
        }

        FindUnknown(configuration, errors);
        KalmarOptions options = new ConfigurationReader(configuration, errors).Read();
        return errors.Count == 0
            ? options
            : throw new CommandException(
                $"the configuration has {errors.Count} mistake{(errors.Count == 1 ? "" : "s")}: {string.Join("; ", errors)}", ExitCode.Configuration);
    }

    /// <summary>The environment of this process as <see cref="Load"/> wants it.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    private static void AddFile(ConfigurationBuilder builder, string? file, IReadOnlyDictionary<string, string> environment)
    {
        string? named = file ?? environment.GetValueOrDefault(Prefix + "CONFIG");
        string path = Path.GetFullPath(named ?? "/etc/kalmar/kalmar.json");
        if (named is not null && !File.Exists(path))
        {
            throw new CommandException($"configuration file {path} is not there", ExitCode.Configuration);
        }

        builder.AddJsonFile(path, optional: named is null, reloadOnChange: false);
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment(IReadOnlyDictionary<string, string> environment) => environment
        .Where(e => e.Key.StartsWith(Prefix, StringComparison.Ordinal)
            && !NotKeys.Contains(e.Key[Prefix.Length..], StringComparer.Ordinal)
            && !e.Key.StartsWith(Prefix + "TEST_", StringComparison.Ordinal))
        .Select(e => KeyValuePair.Create(e.Key[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)e.Value));

    private static void FindUnknown(IConfigurationRoot configuration, List<string> errors)
    {
        HashSet<string> known = ConfigurationKeys.All.Select(k => k.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string? value) in configuration.AsEnumerable())
        {
            string pattern = string.Join(':', key.Split(':').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "*" : p));
            if (value is not null && !known.Contains(pattern))
            {
                errors.Add($"{key}: there is no such key (docs/configuration.md lists them)");
            }
        }
    }

    private sealed class ConfigurationReader(IConfiguration configuration, List<string> errors)
    {
        public KalmarOptions Read() => new()
        {
            Listen = ReadListen(),
            Data = ReadData(),
            Log = ReadLog(),
            Clusters = ReadClusters(),
            Poll = new PollOptions(ReadDuration("poll:status", 1), ReadDuration("poll:usage", 1), ReadDuration("poll:metadata", 5)),
            History = new HistoryOptions
            {
                Enabled = ReadBool("history:enabled"),
                Interval = ReadDuration("history:interval", 1),
                Retentions = Text("history:retentions"),
                Schemas = ReadFile("history:schemas"),
                Aggregation = ReadFile("history:aggregation"),
                AllCounters = ReadCounters(),
                LongRunningDetail = ReadBool("history:longRunningDetail"),
                Host = ReadBool("history:host"),
                Daemons = ReadBool("history:daemons"),
                MaxCachedPoints = ReadCount("history:maxCachedPoints", 10_000, 500_000_000),
                Rescan = ReadDuration("history:rescan", 1),
                Ceres = ReadFolder("history:ceres"),
            },
            Carbon = ReadCarbon(),
            GraphiteServers = ReadServers("graphite:servers"),
            GraphiteAnonymousRead = ReadBool("graphite:anonymousRead"),
            NewPgsPerOsd = ReadCount("requests:newPgsPerOsd", 1, 1_000_000),
            StateConnection = Optional("state:connection"),
            EventRetention = TimeSpan.FromDays(ReadCount("state:eventDays", 1, 36500)),
            AnonymousRead = ReadBool("web:anonymousRead"),
            Certificate = ReadFile("tls:certificate"),
            CertificateKey = ReadFile("tls:key"),
        };

        private string Text(string key) =>
            configuration[key] is { Length: > 0 } value ? value : ConfigurationKeys.All.First(k => k.Name == key).Default;

        private string? Optional(string key) => configuration[key] is { Length: > 0 } value ? value : null;

        private string[] ReadListen()
        {
            string[] urls = Text("listen").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (string url in urls)
            {
                if (!Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
                {
                    errors.Add($"listen: '{url}' is no http address, for example http://127.0.0.1:8420");
                }
            }

            return urls;
        }

        private List<RemoteServerOptions> ReadServers(string key)
        {
            List<RemoteServerOptions> servers = [];
            foreach (string text in Text(key).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (RemoteServerOptions.Parse(text) is { } server)
                {
                    servers.Add(server);
                }
                else
                {
                    errors.Add($"{key}: '{text}' is no http address, for example http://10.0.0.7:8080 or http://10.0.0.7/graphite?format=pickle");
                }
            }

            return servers;
        }

        private string ReadData()
        {
            string? home = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            string fallback = Environment.IsPrivilegedProcess
                ? "/var/lib/kalmar"
                : Path.Combine(
                    string.IsNullOrEmpty(home)
                        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
                        : home,
                    "kalmar");
            return Path.GetFullPath(Optional("data") ?? fallback);
        }

        private LogLevel ReadLog()
        {
            string text = Text("log");
            if (Enum.TryParse(text, ignoreCase: true, out LogLevel level) && !char.IsAsciiDigit(text[0]))
            {
                return level;
            }

            errors.Add($"log: '{text}' is none of trace, debug, information, warning, error, critical, none");
            return LogLevel.Warning;
        }

        private List<ClusterOptions> ReadClusters()
        {
            var clusters = new List<ClusterOptions>();
            foreach (IConfigurationSection section in configuration.GetSection("clusters").GetChildren())
            {
                string at = section.Path;
                string? name = Optional($"{at}:name");
                if (name is not null && !IsEntityName(name))
                {
                    errors.Add($"{at}:name: '{name}' is no entity name; expected TYPE.ID, for example client.kalmar");
                }

                string? fsid = Optional($"{at}:fsid");
                Guid expected = Guid.Empty;
                if (fsid is not null && !Guid.TryParse(fsid, out expected))
                {
                    errors.Add($"{at}:fsid: '{fsid}' is no uuid");
                }

                clusters.Add(new ClusterOptions(
                    ReadFile($"{at}:conf"), Optional($"{at}:cluster"), name, ReadFile($"{at}:keyring"), fsid is null ? null : expected));
            }

            return clusters.Count > 0 ? clusters : [new ClusterOptions(null, null, null, null, null)];
        }

        private CarbonSettings? ReadCarbon()
        {
            var settings = new CarbonSettings
            {
                Line = ReadEndPoint("carbon:line"),
                Pickle = ReadEndPoint("carbon:pickle"),
                Udp = ReadEndPoint("carbon:udp"),
                Protobuf = ReadEndPoint("carbon:protobuf"),
                Query = ReadEndPoint("carbon:query"),
                MaxConnections = ReadCount("carbon:maxConnections", 1, 1_000_000),
                IdleTimeout = ReadDuration("carbon:idleTimeout", 1),
                Rules = ReadFolder("carbon:rules"),
                Journal = ReadBool("carbon:journal"),
                RemoteWrite = ReadRemoteWrite(),
                Certificate = ReadFile("carbon:certificate"),
                CertificateKey = ReadFile("carbon:certificateKey"),
            };
            bool enabled = ReadBool("carbon:enabled");
            if (enabled && bool.TryParse(Text("history:enabled"), out bool history) && !history)
            {
                errors.Add("carbon:enabled: needs history:enabled, where its points are kept");
            }

            return enabled ? settings : null;
        }

        private IReadOnlyList<Destination> ReadRemoteWrite()
        {
            try
            {
                IReadOnlyList<Destination> urls = Destination.ParseList(Text("carbon:remoteWrite"));
                if (urls.FirstOrDefault(u => u.RemoteWrite is null) is { } wrong)
                {
                    errors.Add($"carbon:remoteWrite: '{wrong}' is no URL, for example http://127.0.0.1:9090/api/v1/write");
                }

                return urls;
            }
            catch (CarbonConfigurationException e)
            {
                errors.Add($"carbon:remoteWrite: {e.Message}");
                return [];
            }
        }

        private IPEndPoint? ReadEndPoint(string key)
        {
            string text = Text(key);
            if (text == "off")
            {
                return null;
            }

            if (IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && endPoint.Port > 0)
            {
                return endPoint;
            }

            errors.Add($"{key}: '{text}' is no address with a port, for example 127.0.0.1:2003; off for none");
            return null;
        }

        private string? ReadFolder(string key)
        {
            if (Optional(key) is not { } value)
            {
                return null;
            }

            string path = Path.GetFullPath(value);
            if (!Directory.Exists(path))
            {
                errors.Add($"{key}: folder {path} is not there");
            }

            return path;
        }

        private static bool IsEntityName(string name)
        {
            try
            {
                Kalmar.Wire.EntityName.Parse(name);
                return true;
            }
            catch (FormatException)
            {
                return false;
            }
        }

        private string? ReadFile(string key)
        {
            if (Optional(key) is not { } value)
            {
                return null;
            }

            string path = Path.GetFullPath(value);
            if (!File.Exists(path))
            {
                errors.Add($"{key}: file {path} is not there");
            }

            return path;
        }

        private bool ReadCounters()
        {
            string text = Text("history:counters");
            if (text is not ("useful" or "all"))
            {
                errors.Add($"history:counters: '{text}' is neither useful nor all");
            }

            return text == "all";
        }

        private bool ReadBool(string key)
        {
            string text = Text(key);
            if (bool.TryParse(text, out bool value))
            {
                return value;
            }

            errors.Add($"{key}: '{text}' is neither true nor false");
            return false;
        }

        private int ReadCount(string key, int least, int most)
        {
            string text = Text(key);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            {
                return value;
            }

            errors.Add($"{key}: '{text}' is no whole number from {least} to {most}");
            return least;
        }

        private TimeSpan ReadDuration(string key, int leastSeconds)
        {
            string text = Text(key);
            if (Duration.TryParse(text, out TimeSpan value) && value >= TimeSpan.FromSeconds(leastSeconds) && value <= TimeSpan.FromDays(1))
            {
                return value;
            }

            errors.Add($"{key}: '{text}' is no duration from {leastSeconds}s to 1d, for example 10s or 5m");
            return TimeSpan.FromSeconds(leastSeconds);
        }
    }
}
