using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>Truncated and altered samples give a <see cref="CephProtocolException"/> or a value, and never take much memory.</summary>
public sealed class DamagedEncodingTests
{
    private const int FlipsPerSample = 60;
    private const int LongSample = 3000;
    private const long MostBytes = 64L << 20;

    [Fact]
    public void MonMap_survives_damage() => Damage<MonMap>("MonMap");

    [Fact]
    public void OsdMap_survives_damage() => Damage<OsdMap>("OSDMap");

    [Fact]
    public void OsdMap_with_a_right_checksum_survives_damage() => Damage<OsdMap>("OSDMap", bytes => FixCrc(bytes, bytes.Length - 4));

    [Fact]
    public void Incremental_with_a_right_checksum_survives_damage() =>
        Damage<OsdMapIncremental>("OSDMap__Incremental", bytes => FixCrc(bytes, bytes.Length - 8));

    [Fact]
    public void CrushMap_survives_damage() => Damage<CrushMap>("CrushWrapper", earlyEnds: 2);

    [Fact]
    public void MgrMap_survives_damage() => Damage<MgrMap>("MgrMap");

    [Fact]
    public void FsMap_survives_damage() => Damage<FsMap>("FSMap");

    [Fact]
    public void ServiceMap_survives_damage() => Damage<ServiceMap>("ServiceMap");

    [Fact]
    public void PgMapDigest_survives_damage() => Damage<PgMapDigest>("PGMapDigest");

    [Fact]
    public void PgMap_survives_damage() => Damage<PgMap>("PGMap");

    [Fact]
    public void Statistics_survive_damage()
    {
        Damage<PgStats>("pg_stat_t");
        Damage<OsdStats>("osd_stat_t");
        Damage<PoolStats>("pool_stat_t");
        Damage<Pool>("pg_pool_t");
        Damage<MonInfo>("mon_info_t");
        Damage<HashedObjectId>("hobject_t");
        Damage<ObjectLocator>("object_locator_t");
    }

    /// <param name="type">The structure.</param>
    /// <param name="mend">Makes an altered sample look right again.</param>
    /// <param name="earlyEnds">At how many places a sample may end since older releases ended there.</param>
    private static void Damage<T>(string type, Action<byte[]>? mend = null, int earlyEnds = 0)
        where T : IWireEncodable<T>
    {
        int refused = 0;
        var random = new Random(4711);
        foreach (CorpusSample sample in Corpus.Of(type))
        {
            int step = sample.Bytes.Length <= LongSample ? 1 : sample.Bytes.Length / 300;
            int ends = 0;
            for (int length = 0; length < sample.Bytes.Length; length += step)
            {
                ends += Refuses<T>(sample.Bytes[..length], sample.Name) ? 0 : 1;
                Assert.True(ends <= earlyEnds, $"{sample.Name} cut to {length} bytes was read");
            }

            for (int i = 0; i < FlipsPerSample; i++)
            {
                byte[] altered = [.. sample.Bytes];
                int at = random.Next(altered.Length);
                altered[at] = random.Next(3) switch { 0 => 0xff, 1 => 0, _ => (byte)(altered[at] ^ (1 << random.Next(8))) };
                mend?.Invoke(altered);
                refused += Refuses<T>(altered, sample.Name) ? 1 : 0;
            }
        }

        Assert.True(refused > 0);
    }

    /// <summary>True when the bytes are refused as they should be; any other exception fails the test.</summary>
    private static bool Refuses<T>(byte[] bytes, string name)
        where T : IWireEncodable<T>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var reader = new WireReader(bytes, typeof(T).Name);
            T.Read(ref reader);
            return false;
        }
        catch (CephProtocolException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return true;
        }
        finally
        {
            long used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used < MostBytes, $"{name}: {used} bytes allocated for {bytes.Length}");
        }
    }

    private static void FixCrc(byte[] bytes, int at)
    {
        uint crc = MapChecksum.Update(MapChecksum.Update(uint.MaxValue, bytes.AsSpan(0, at)), bytes.AsSpan(at + 4));
        BitConverter.TryWriteBytes(bytes.AsSpan(at), crc);
    }
}
