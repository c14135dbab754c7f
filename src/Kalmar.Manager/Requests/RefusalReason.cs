namespace Kalmar.Manager.Requests;

/// <summary>Why a change was refused before anything was sent.</summary>
public enum RefusalReason
{
    /// <summary>What was asked for makes no sense (HTTP 400).</summary>
    Invalid,

    /// <summary>What it is about does not exist (HTTP 404).</summary>
    NotFound,

    /// <summary>It contradicts what there is: a name is taken, a bucket is not empty (HTTP 409).</summary>
    Conflict,

    /// <summary>It may not be done (HTTP 403).</summary>
    Forbidden,

    /// <summary>Ceph says that it is not safe now; <c>force</c> overrides (HTTP 409).</summary>
    Unsafe,

    /// <summary>It cannot be judged or done now: no contact, a map is not known yet, too many requests wait (HTTP 503).</summary>
    Unavailable,
}
