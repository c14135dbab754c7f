using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>The monitors' configuration database, and options of running daemons.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class ConfigRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    private static readonly string[] SecretWords = ["key", "secret", "password", "passwd", "token", "credential"];

    /// <summary>Sets an option in the database.</summary>
    /// <param name="who"><c>global</c>, <c>mon</c>, <c>osd.3</c>, <c>osd/class:ssd</c>, …</param>
    /// <param name="name">The option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="force">Take an option that the monitors do not know.</param>
    public RequestPlan Set(string who, string name, string value, bool force = false)
    {
        NeedName("who", who);
        NeedName("name", name);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > 65536 || value.Contains('\0', StringComparison.Ordinal))
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "value", "at most 65536 characters, and no NUL");
        }

        CephCommand command = new CephCommand("config set").With("who", who).With("name", name).With("value", value);
        return Plan($"Setting {name} for {who}", $"{who}: {name}", name, PlainStep("mon", force ? command.With("force", true) : command));
    }

    /// <summary>Takes an option out of the database.</summary>
    /// <param name="who">As in <see cref="Set"/>.</param>
    /// <param name="name">The option.</param>
    public RequestPlan Remove(string who, string name)
    {
        NeedName("who", who);
        NeedName("name", name);
        return Plan($"Removing {name} for {who}", $"{who}: {name}", name, PlainStep("mon", new CephCommand("config rm").With("who", who).With("name", name)));
    }

    /// <summary>Puts the whole database back to what it was at a version of its history.</summary>
    /// <param name="version">The version, as <c>ceph config log</c> numbers it.</param>
    public RequestPlan Reset(int version) => version < 0
        ? throw new RequestRefusedException(RefusalReason.Invalid, "version", "0 or more")
        : Plan(
            $"Resetting the configuration of {ClusterName} to version {version.ToString(CultureInfo.InvariantCulture)}",
            "the whole configuration database",
            "",
            PlainStep("mon", new CephCommand("config reset").With("num", version), repeatable: false));

    /// <summary>Sets an option of a running daemon until it restarts; the database stays as it is.</summary>
    /// <param name="daemon"><c>osd.3</c>, <c>mon.a</c>, <c>mgr.x</c> or <c>mds.a</c>.</param>
    /// <param name="name">The option.</param>
    /// <param name="value">Its value.</param>
    public RequestPlan Inject(string daemon, string name, string value)
    {
        NeedName("name", name);
        ArgumentNullException.ThrowIfNull(value);
        string type = (daemon ?? "").Split('.', 2)[0];
        if (daemon is null || type is not ("osd" or "mon" or "mgr" or "mds") || daemon.Length <= type.Length + 1)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "daemon", $"'{daemon}' is not one of osd.N, mon.ID, mgr.ID, mds.ID");
        }

        return Plan(
            $"Setting {name} of the running {daemon}",
            $"{daemon}: {name}, until it restarts",
            name,
            PlainStep(daemon, new CephCommand("config set").With("var", name).With("val", [value])));
    }

    private static RequestPlan Plan(string headline, string touches, string option, RequestStep step) => new()
    {
        Kind = RequestKind.Config,
        Headline = headline,
        Steps = [step],
        Touches = [touches],
        IsSensitive = MayBeSecret(option),
    };

    /// <summary>True when an option's value may be a secret, by its name.</summary>
    /// <param name="option">Its name.</param>
    internal static bool MayBeSecret(string option) => SecretWords.Any(w => option.Contains(w, StringComparison.OrdinalIgnoreCase));
}
