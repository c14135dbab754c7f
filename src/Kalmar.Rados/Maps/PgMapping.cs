using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Where a placement group's data belongs and where it is served from.</summary>
/// <param name="Up">Whom CRUSH and its exceptions choose, of those that are up; <see cref="OsdId.None"/> for holes of erasure-coded PGs.</param>
/// <param name="UpPrimary">Who would lead; <see cref="OsdId.None"/> when nobody.</param>
/// <param name="Acting">Who serves now: the up set, or a temporary one while data moves.</param>
/// <param name="ActingPrimary">Who leads now; <see cref="OsdId.None"/> when nobody.</param>
public sealed record PgMapping(ValueList<OsdId> Up, OsdId UpPrimary, ValueList<OsdId> Acting, OsdId ActingPrimary)
{
    /// <summary>A PG that is nowhere.</summary>
    public static PgMapping Nowhere { get; } = new([], OsdId.None, [], OsdId.None);
}
