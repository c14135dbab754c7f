using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>Something in a configuration file, a keyring or the environment is wrong or missing.</summary>
/// <param name="message">What, where (file and line when there is one) and what to do. Never holds a key.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class CephConfigurationException(string message, Exception? innerException = null) : CephException(message, innerException)
{
    /// <summary>Always false: somebody must change the configuration.</summary>
    public override bool IsTransient => false;
}
