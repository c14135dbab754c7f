using Kalmar.Wire.Frames;

namespace Kalmar.Wire.Tests.Frames;

public sealed class Crc32cTests
{
    [Fact]
    public void Update_with_the_check_string_of_crc32c_gives_its_check_value() =>
        Assert.Equal(0xE3069283u, ~Crc32c.Update(0xffffffff, "123456789"u8));

    [Fact]
    public void Update_of_nothing_gives_the_seed() => Assert.Equal(0x12345678u, Crc32c.Update(0x12345678, []));

    [Fact]
    public void Update_in_parts_gives_the_same_as_at_once()
    {
        byte[] data = new byte[1000];
        new Random(1).NextBytes(data);
        uint whole = Crc32c.Update(0, data);
        for (int cut = 0; cut <= data.Length; cut += 7)
        {
            Assert.Equal(whole, Crc32c.Update(Crc32c.Update(0, data.AsSpan(0, cut)), data.AsSpan(cut)));
        }
    }
}
