namespace Kalmar.Server.Endpoints;

/// <summary>Who gets something without signing in.</summary>
public enum GraphiteAudience
{
    /// <summary>Nobody.</summary>
    Nobody,

    /// <summary>Who sits at this machine: the connection comes from loopback, asks for a loopback name and was not passed on by a proxy.</summary>
    Loopback,

    /// <summary>Everybody who reaches the port.</summary>
    Everybody,
}
