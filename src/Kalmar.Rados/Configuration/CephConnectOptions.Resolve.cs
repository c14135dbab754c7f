using System.Globalization;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Configuration;

/// <content>How the options come from arguments, environment and files.</content>
public sealed partial record CephConnectOptions
{
    /// <summary>Finds configuration, key and monitors as Ceph's own tools do.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="timeProvider">Measures how long DNS is waited for.</param>
    /// <param name="cancellationToken">Ends the wait for DNS.</param>
    /// <exception cref="CephConfigurationException">Something is missing or wrong: one line with what, where and what to do.</exception>
    public static async Task<CephConnectOptions> ResolveAsync(
        CephConnectArguments arguments, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(timeProvider);
        CephConfiguration configuration = LoadConfiguration(arguments, out IReadOnlyList<string> searched);
        IReadOnlyList<AuthMethod> methods = ReadMethods(configuration);
        var resolver = new MonHostResolver(configuration, new DnsSrvResolver(arguments.Dns ?? ResolvConf.Load(), timeProvider));
        IReadOnlyList<EntityAddressVector> monitors;
        try
        {
            monitors = await resolver.ResolveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CephConfigurationException e) when (configuration.File.Sections.Count == 0 && configuration.FindSet("mon_host") is null)
        {
            throw new CephConfigurationException(
                $"no ceph.conf found (looked at {string.Join(", ", searched)}) and no monitor named otherwise: {e.Message}", e);
        }

        EntityAddressVector[] usable = [.. monitors.Where(m => m.Msgr2 is not null)];
        if (usable.Length == 0)
        {
            throw new CephConfigurationException(
                $"{configuration.Origin("mon_host")}: only addresses of messenger 1 are given for the monitors ({string.Join(" ", monitors)}); "
                + "messenger 2 is needed: run 'ceph mon enable-msgr2' and name the monitors with port 3300");
        }

        return new CephConnectOptions
        {
            ClusterName = configuration.ClusterName,
            Name = configuration.Name,
            Key = methods[0] == AuthMethod.Cephx ? CephKeyLocator.Find(configuration) : null,
            Monitors = usable,
            UnusableMonitors = [.. monitors.Where(m => m.Msgr2 is null)],
            Fsid = ReadFsid(configuration),
            AuthMethods = methods,
            MonitorModes = ReadModes(configuration, configuration.Name.Type == EntityType.Client ? "ms_mon_client_mode" : "ms_mon_cluster_mode"),
            ServiceModes = ReadModes(configuration, configuration.Name.Type == EntityType.Client ? "ms_client_mode" : "ms_cluster_mode"),
            CommandTimeout = ReadSeconds(configuration, "rados_mon_op_timeout"),
            Configuration = configuration,
        };
    }

    /// <summary>Finds the configuration only, without key and monitors.</summary>
    /// <param name="arguments">What was given.</param>
    /// <exception cref="CephConfigurationException">A file that was named is not there or broken.</exception>
    public static CephConfiguration LoadConfiguration(CephConnectArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return LoadConfiguration(arguments, out _);
    }

    private static CephConfiguration LoadConfiguration(CephConnectArguments arguments, out IReadOnlyList<string> searched)
    {
        CephEnvironment environment = arguments.Environment;
        CephArguments words = CephArguments.Parse(environment.Variable("CEPH_ARGS"));
        (CephConfFile file, string cluster, searched) = CephConfLocator.Find(
            arguments.ConfPath ?? words.ConfPath, arguments.ClusterName ?? words.ClusterName, environment);
        Dictionary<string, string> overrides = new(StringComparer.Ordinal);
        if (environment.Variable("CEPH_KEYRING") is { Length: > 0 } keyring)
        {
            overrides["keyring"] = keyring;
        }

        foreach ((string option, string value) in words.Options.Concat(arguments.Options))
        {
            overrides[CephOptionName.Normalize(option)] = value;
        }

        if (arguments.KeyringPath is { } path)
        {
            overrides["keyring"] = path;
            overrides["key"] = "";
            overrides["keyfile"] = "";
        }

        if (arguments.MonHost is { } monitors)
        {
            overrides["mon_host"] = monitors;
        }

        return new CephConfiguration(file, cluster, arguments.Name ?? NameFrom(words), overrides, environment);
    }

    private static EntityName NameFrom(CephArguments words)
    {
        if (words.Name is null)
        {
            return new EntityName(EntityType.Client, words.Id ?? "admin");
        }

        try
        {
            return EntityName.Parse(words.Name);
        }
        catch (FormatException e)
        {
            throw new CephConfigurationException($"$CEPH_ARGS: {e.Message}", e);
        }
    }

    /// <summary>Ceph's default also names "none"; here nobody connects unproven unless somebody wrote that he wants to.</summary>
    private static IReadOnlyList<AuthMethod> ReadMethods(CephConfiguration configuration)
    {
        string option = !string.IsNullOrWhiteSpace(configuration.FindSet("auth_supported")) ? "auth_supported"
            : configuration.Name.Type == EntityType.Client ? "auth_client_required" : "auth_cluster_required";
        string text = configuration.FindSet(option) ?? "cephx";
        List<AuthMethod> methods = [];
        foreach (string word in Words(text))
        {
            AuthMethod? method = word switch
            {
                "cephx" => AuthMethod.Cephx,
                "none" => AuthMethod.None,
                "gss" => null,
                _ => throw new CephConfigurationException($"{configuration.Origin(option)}: '{word}' in {option} is none of cephx, none, gss"),
            };
            if (method is { } known && !methods.Contains(known))
            {
                methods.Add(known);
            }
        }

        return methods.Count > 0 ? methods : throw new CephConfigurationException(
            $"{configuration.Origin(option)}: {option} = '{text}' leaves no method that is spoken here; set it to cephx");
    }

    private static IReadOnlyList<ConnectionMode> ReadModes(CephConfiguration configuration, string option)
    {
        string text = configuration.Find(option)!;
        List<ConnectionMode> modes = [];
        foreach (string word in Words(text))
        {
            ConnectionMode mode = word switch
            {
                "crc" => ConnectionMode.Crc,
                "secure" => ConnectionMode.Secure,
                _ => throw new CephConfigurationException($"{configuration.Origin(option)}: '{word}' in {option} is neither crc nor secure"),
            };
            if (!modes.Contains(mode))
            {
                modes.Add(mode);
            }
        }

        return modes.Count > 0 ? modes : throw new CephConfigurationException($"{configuration.Origin(option)}: {option} is empty; set it to 'crc secure'");
    }

    private static Guid? ReadFsid(CephConfiguration configuration)
    {
        if (configuration.FindSet("fsid") is not { Length: > 0 } text)
        {
            return null;
        }

        return Guid.TryParseExact(text, "D", out Guid fsid)
            ? fsid == Guid.Empty ? null : fsid
            : throw new CephConfigurationException($"{configuration.Origin("fsid")}: fsid '{text}' is not a uuid");
    }

    private static TimeSpan? ReadSeconds(CephConfiguration configuration, string option)
    {
        string text = configuration.Find(option)!;
        return double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9
            ? seconds == 0 ? null : TimeSpan.FromSeconds(seconds)
            : throw new CephConfigurationException($"{configuration.Origin(option)}: {option} = '{text}' is not a number of seconds");
    }

    private static string[] Words(string text) => text.Split([' ', ',', ';', '\t', '='], StringSplitOptions.RemoveEmptyEntries);
}
