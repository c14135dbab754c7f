using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests;

/// <summary>
/// Takes changes, stores them before they run, runs them and follows them to their end. Everything that touches the store throws
/// <see cref="State.StateStoreException"/> when that cannot be done. Thread-safe.
/// </summary>
public interface IRequestService
{
    /// <summary>
    /// How many runs of requests have come to their end since the start. Grows before the store says so: who read the cluster before it grew may have
    /// missed what a complete request did.
    /// </summary>
    long Ended { get; }

    /// <summary>Stores a request and starts it. It goes on when the caller is gone, and over a restart.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">What a factory made; not empty.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="force">True to skip Ceph's safety questions.</param>
    /// <param name="cancellationToken">Gives up before it was stored.</param>
    /// <returns>The request as it was stored.</returns>
    /// <exception cref="RequestRefusedException">No such cluster, no contact, too many requests, or Ceph says that it is not safe.</exception>
    Task<UserRequest> SubmitAsync(ClusterId cluster, RequestPlan plan, RequestActor actor, bool force, CancellationToken cancellationToken);

    /// <summary>Says what a change would do. Sends nothing but Ceph's safety questions.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">What a factory made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RequestRefusedException">No such cluster, or no contact for the safety questions.</exception>
    Task<DryRun> DryRunAsync(ClusterId cluster, RequestPlan plan, CancellationToken cancellationToken);

    /// <summary>The request with this id; null when there is none.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<UserRequest?> FindAsync(RequestId id, CancellationToken cancellationToken);

    /// <summary>Requests, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="page">Counts from 1.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there are in all, and those of the page.</returns>
    Task<(long Count, IReadOnlyList<UserRequest> Requests)> PageAsync(
        RequestFilter filter, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a request that is not at its end, with the error message <c>Cancelled</c>; the status says what had been sent by then. One that is
    /// complete stays as it is.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <param name="actor">Who cancels it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The request; null when there is none.</returns>
    Task<UserRequest?> CancelAsync(RequestId id, RequestActor actor, CancellationToken cancellationToken);

    /// <summary>Waits until a request is complete.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The complete request; null when there is none.</returns>
    Task<UserRequest?> WaitAsync(RequestId id, CancellationToken cancellationToken);

    /// <summary>
    /// What the last command of a request with <see cref="RequestPlan.KeepsOutput"/> answered. Given out once, to the one who asked for the
    /// request, within ten minutes; never stored.
    /// </summary>
    /// <param name="id">The request.</param>
    /// <param name="actor">Who asks now.</param>
    /// <returns>The answer, be it a no; null when there is none (any more), or for somebody else.</returns>
    RequestAnswer? TakeOutput(RequestId id, RequestActor actor);
}
