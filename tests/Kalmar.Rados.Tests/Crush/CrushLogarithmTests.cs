using Kalmar.Rados.Crush;

namespace Kalmar.Rados.Tests.Crush;

public sealed class CrushLogarithmTests
{
    [Fact]
    public void Tables_have_the_sums_of_the_ones_that_place_all_data()
    {
        Assert.Equal(25184502743099416UL, Sum(CrushLogarithm.Reciprocals));
        Assert.Equal(20219628255001087UL, Sum(CrushLogarithm.CoarseLogarithms));
        Assert.Equal(404690236986906UL, Sum(CrushLogarithm.FineLogarithms));
    }

    [Fact]
    public void Draws_rise_from_minus_2_to_the_48_to_nearly_zero()
    {
        Assert.Equal(-(1L << 48), CrushLogarithm.Draws[0]);
        Assert.All(CrushLogarithm.Draws, d => Assert.True(d <= 0));
        Assert.Equal((15UL << 44) + (0xffff00000000 >> 4), CrushLogarithm.Of(65535) - (CrushLogarithm.FineLogarithms[0] >> 4));
    }

    private static ulong Sum(ulong[] table) => table.Aggregate(0UL, (sum, value) => sum + value);
}
