namespace Kalmar.Manager.State;

/// <summary>What a user may do. Each role may do all that the ones before it may.</summary>
public enum UserRole
{
    /// <summary>Look (<c>readonly</c>).</summary>
    ReadOnly,

    /// <summary>Change the cluster (<c>read/write</c>).</summary>
    ReadWrite,

    /// <summary>Change users too (<c>superuser</c>).</summary>
    Superuser,
}
