namespace Kalmar.Manager.Requests.Factories;

/// <summary>What the monitors' configuration says of PGs.</summary>
/// <param name="MaxPoolPgNum"><c>mon_max_pool_pg_num</c>: the most PGs that one pool may have.</param>
/// <param name="MaxSplitCount"><c>mon_osd_max_split_count</c>: PGs that one OSD may be given at once while a pool grows. Newer releases have no such option and its old default holds.</param>
public sealed record PgLimits(uint MaxPoolPgNum = 65536, uint MaxSplitCount = 32);
