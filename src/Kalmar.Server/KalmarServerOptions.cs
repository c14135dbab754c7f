using Kalmar.Manager.State;

namespace Kalmar.Server;

/// <summary>How the server behaves. Where it listens is the host's business.</summary>
public sealed record KalmarServerOptions
{
    /// <summary>The folder for the server's own files (keys of the session cookies). Made when it is missing, for its owner only.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// True lets everybody on this very machine look without signing in. Only requests that come from a loopback address and ask for
    /// a loopback name are taken in, so that no page of another site can reach in by a name that resolves to here.
    /// </summary>
    public bool AnonymousOnLoopback { get; init; }

    /// <summary>What somebody may do who did not sign in (see <see cref="AnonymousOnLoopback"/>).</summary>
    public UserRole AnonymousRole { get; init; } = UserRole.ReadOnly;

    /// <summary>For how long a session lasts without a request. A page that is open counts as requests.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>PGs that each OSD may be given at once while a pool grows, where the cluster's release has no such setting of its own.</summary>
    public int NewPgsPerOsd { get; init; } = 32;

    /// <summary>How many live pages there may be at once; more get 503 and fall back to asking by themselves.</summary>
    public int MaxLiveStreams { get; init; } = 256;

    /// <summary>The pause between two signs of life on a live page's stream. Pages call the connection lost after 5 s of silence.</summary>
    public TimeSpan LiveHeartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this time a stream ends and the browser opens the next one, which is checked anew: an ended session loses its stream.</summary>
    public TimeSpan LiveStreamLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Rounds of PBKDF2 for new password hashes; tests lower it.</summary>
    internal int PasswordIterations { get; init; } = 210_000;

    /// <summary>What is wrong with the options, a line for each error; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            errors.Add($"{nameof(DataDirectory)}: must name a folder");
        }

        if (SessionLifetime < TimeSpan.FromMinutes(1) || SessionLifetime > TimeSpan.FromDays(365))
        {
            errors.Add($"{nameof(SessionLifetime)}: must lie between a minute and a year, and is {SessionLifetime}");
        }

        if (NewPgsPerOsd < 1)
        {
            errors.Add($"{nameof(NewPgsPerOsd)}: must be 1 or more, and is {NewPgsPerOsd}");
        }

        if (MaxLiveStreams < 1)
        {
            errors.Add($"{nameof(MaxLiveStreams)}: must be 1 or more, and is {MaxLiveStreams}");
        }

        if (LiveHeartbeat < TimeSpan.FromMilliseconds(100) || LiveHeartbeat > TimeSpan.FromSeconds(4))
        {
            errors.Add($"{nameof(LiveHeartbeat)}: must lie between 0.1 s and 4 s, and is {LiveHeartbeat}");
        }

        if (LiveStreamLifetime < TimeSpan.FromSeconds(10))
        {
            errors.Add($"{nameof(LiveStreamLifetime)}: must be 10 s or more, and is {LiveStreamLifetime}");
        }

        return errors;
    }
}
