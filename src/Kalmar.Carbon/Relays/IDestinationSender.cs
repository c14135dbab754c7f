namespace Kalmar.Carbon.Relays;

/// <summary>Empties the queue of one destination. Disposing sends what waits, for as long as the options allow; the rest is kept.</summary>
internal interface IDestinationSender : IAsyncDisposable
{
    /// <summary>Why nothing can be sent now; null while all is well.</summary>
    string? Trouble { get; }
}
