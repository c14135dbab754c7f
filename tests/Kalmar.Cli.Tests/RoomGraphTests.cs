using System.Xml.Linq;
using Kalmar.Testing;

namespace Kalmar.Cli.Tests;

/// <summary>The rooms of docs/design.md and what each may use: nothing reaches where it must not.</summary>
public sealed class RoomGraphTests
{
    private static readonly Dictionary<string, string[]> May = new()
    {
        ["Wire"] = [],
        ["Rados"] = ["Wire"],
        ["Whisper"] = [],
        ["Carbon"] = ["Whisper"],
        ["Graphite"] = ["Whisper"],
        ["Collectors"] = ["Rados"],
        ["Manager"] = ["Rados", "Carbon", "Graphite", "Collectors"],
        ["Sandbox"] = ["Rados"],
        ["Server"] = ["Manager", "Graphite", "Carbon"],
        ["Agent"] = ["Collectors", "Rados"],
        ["Cli"] = ["Agent", "Manager", "Sandbox", "Server"],
    };

    public static TheoryData<string> Rooms() => [.. May.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_references_only_what_the_design_allows(string room)
    {
        string file = Path.Combine(RepositoryPaths.Root, "src", $"Kalmar.{room}", $"Kalmar.{room}.csproj");
        IEnumerable<string> references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["Kalmar.".Length..]);
        Assert.Equal(May[room].Order(), references.Order());
    }

    [Fact]
    public void Every_folder_below_src_is_a_room_of_the_design()
    {
        IEnumerable<string> folders = Directory.GetDirectories(Path.Combine(RepositoryPaths.Root, "src")).Select(d => Path.GetFileName(d)["Kalmar.".Length..]);
        Assert.Equal(May.Keys.Order(), folders.Order());
    }
}
