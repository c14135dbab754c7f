using System.Text.Json;

namespace Kalmar.Rados.Tests;

public sealed class CephCommandTests
{
    [Fact]
    public void Text_is_sent_as_it_is_and_only_what_JSON_demands_is_escaped()
    {
        CephCommand command = new CephCommand("osd pool create").With("pool", "ü🦑/\"\\\n\t\u0001").With("names", ["a", "🦑"]).With("size", 3).With("ratio", 1.0).With("force", true);
        Assert.Equal(
            """{"prefix":"osd pool create","format":"json","pool":"ü🦑/\"\\\n\u0009\u0001","names":["a","🦑"],"size":3,"ratio":1.0,"force":true}""", command.ToJson());
        Assert.Equal(command.ToJson(), CephCommand.Parse(command.ToJson()).ToJson());
        Assert.Equal("""{"prefix":"x","a":{"b":[null,"🦑",-1.5e3]},"c":false}""", CephCommand.Parse("""{"a":{"b":[null,"\ud83e\udd91",-1.5e3]},"prefix":"x","c":false}""").ToJson());
    }

    [Fact]
    public void Any_text_comes_out_as_it_went_in()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) switch
            {
                0 => char.ConvertFromUtf32(random.Next(0x80)),
                1 => char.ConvertFromUtf32(random.Next(0x80, 0xd800)),
                _ => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
            }));
            using JsonDocument read = JsonDocument.Parse(new CephCommand("x").With("t", text).ToJson());
            Assert.Equal(text, read.RootElement.GetProperty("t").GetString());
        }
    }
}
