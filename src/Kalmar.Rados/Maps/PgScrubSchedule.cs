using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>When a PG is scrubbed next, or how its scrub goes (since Quincy). On the wire: utime, s32, u16, three bools.</summary>
/// <param name="ScheduledAt">The earliest time.</param>
/// <param name="DurationSeconds">For how long the scrub runs.</param>
/// <param name="Status">0 unknown, 1 not queued, 2 active, 3 scheduled, 4 queued, 5 blocked.</param>
/// <param name="IsActive">Whether it runs.</param>
/// <param name="IsDeep">Whether it reads everything.</param>
/// <param name="IsPeriodic">Whether it is due by time and not by request.</param>
public sealed record PgScrubSchedule(Utime ScheduledAt, int DurationSeconds, ushort Status, bool IsActive, bool IsDeep, bool IsPeriodic)
    : IWireEncodable<PgScrubSchedule>
{
    /// <summary>Nothing known.</summary>
    public static PgScrubSchedule None { get; } = new(default, 0, 0, false, false, true);

    /// <inheritdoc/>
    public static PgScrubSchedule Read(ref WireReader reader) =>
        new(Utime.Read(ref reader), reader.ReadI32(), reader.ReadU16(), reader.ReadBool(), reader.ReadBool(), reader.ReadBool());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ScheduledAt.Write(writer);
        writer.WriteI32(DurationSeconds);
        writer.WriteU16(Status);
        writer.WriteBool(IsActive);
        writer.WriteBool(IsDeep);
        writer.WriteBool(IsPeriodic);
    }
}
