using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Tests.Maps;

public sealed class OsdMapApplyTests
{
    [Fact]
    public void Apply_from_the_first_epoch_on_gives_the_monitors_full_map_at_every_epoch()
    {
        RecordedMaps recorded = RecordedMaps.Pacific;
        Assert.True(recorded.Incrementals.Count > 150);
        OsdMap map = OsdMap.Empty;
        foreach ((uint epoch, byte[] bytes) in recorded.Incrementals)
        {
            OsdMapIncremental incremental = EncodingCheck.Decode<OsdMapIncremental>(bytes, $"incremental {epoch}");
            Assert.Equal(bytes, EncodingCheck.Encode(incremental));
            OsdMapUpdate update = map.Apply(incremental);
            OsdMap full = EncodingCheck.Decode<OsdMap>(recorded.Full[epoch], $"full map {epoch}");
            Assert.True(update.IsApplied, $"epoch {epoch}: {update.Outcome}; differs in {Differences(full, update.Map)}");
            Assert.Equal(full, update.Map);
            Assert.Equal(recorded.Full[epoch], EncodingCheck.Encode(update.Map));
            map = update.Map;
        }
    }

    private static string Differences(OsdMap expected, OsdMap actual) => string.Join(
        ", ",
        typeof(OsdMap).GetProperties()
            .Where(p => p.GetIndexParameters().Length == 0 && p.CanWrite && !Equals(p.GetValue(expected), p.GetValue(actual)))
            .Select(p => $"{p.Name} {p.GetValue(expected)} <> {p.GetValue(actual)}"));
}
