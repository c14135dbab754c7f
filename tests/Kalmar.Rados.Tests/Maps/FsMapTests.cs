using System.Buffers.Binary;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

public sealed class FsMapTests
{
    [Fact]
    public void FsMap_of_every_release_is_written_as_it_was_read() => Assert.Empty(EncodingCheck.RoundTrip<FsMap>("FSMap"));

    [Fact]
    public void MdsMap_of_every_release_is_written_as_it_was_read() => Assert.Empty(EncodingCheck.RoundTrip<MdsMap>("MDSMap"));

    [Fact]
    public void Truncated_FsMap_is_refused() => Assert.All(Corpus.Of("FSMap"), sample => RefusesAnyPart<FsMap>(sample.Bytes));

    [Fact]
    public void Truncated_MdsMap_is_refused() => Assert.All(Corpus.Of("MDSMap"), sample => RefusesAnyPart<MdsMap>(sample.Bytes));

    [Theory]
    [InlineData("16.2.0/FSMap/5e5dc428a080bad3a8e431ded530f775", 4285UL, 4262UL, 4274UL)]
    [InlineData("20.3.0/FSMap/27b3e186118668dacffcd1d9c5f6c688", 4268UL, 4244UL, 4256UL)]
    public void FsMap_with_an_active_and_two_standbys_lists_all_three(string name, ulong active, ulong first, ulong second)
    {
        FsMap map = EncodingCheck.Decode<FsMap>(Assert.Single(Corpus.Of("FSMap"), s => s.Name == name).Bytes, name);

        Assert.Equal(new Epoch(5), map.Epoch);
        Assert.Equal("a", Assert.Single(map.FileSystems).Name);
        Assert.Equal([("c", active, 0), ("a", first, -1), ("b", second, -1)], map.Daemons.Select(d => (d.Name, d.GlobalId, d.Rank)));
        Assert.Equal([MdsState.Active, MdsState.Standby, MdsState.Standby], map.Daemons.Select(d => d.State));
        Assert.All(map.Daemons, d => Assert.True(d.IsUp));
        Assert.All(map.Daemons, d => Assert.NotNull(d.Addresses.Msgr2));
        Assert.Equal(active, map.FileSystems[0].MdsMap.Up[0]);
    }

    [Theory]
    [InlineData(MdsState.Damaged)]
    [InlineData(MdsState.Stopped)]
    [InlineData(MdsState.Nonexistent)]
    [InlineData(MdsState.None)]
    public void MdsInfo_in_a_down_state_is_not_up(MdsState state) => Assert.False(new MdsInfo { State = state }.IsUp);

    [Fact]
    public void FsMap_with_mirror_peers_and_client_features_survives_a_round_trip()
    {
        var map = new FsMap
        {
            Epoch = new Epoch(9),
            FileSystems =
            [
                new CephFileSystem
                {
                    Id = 3,
                    IsMirrored = true,
                    Peers = [new FsMirrorPeer("id", "client.mirror", "remote", "backup")],
                    MdsMap = new MdsMap { Name = "home", RequiredClientFeatures = [5, 1UL << 63], QuiesceMembers = [7, 8], Damaged = [1] },
                },
            ],
        };

        Assert.Equal(map, EncodingCheck.Decode<FsMap>(EncodingCheck.Encode(map), "made"));
    }

    [Fact]
    public void FsMap_of_a_newer_release_is_read_without_its_new_fields()
    {
        byte[] bytes = Corpus.Of("FSMap").Last(s => s.Bytes[0] == 8).Bytes;
        FsMap expected = EncodingCheck.Decode<FsMap>(bytes, "known");
        byte[] newer = [9, .. bytes.AsSpan(1), 1, 2, 3];
        BinaryPrimitives.WriteInt32LittleEndian(newer.AsSpan(2), newer.Length - 6);

        Assert.Equal(expected, EncodingCheck.Decode<FsMap>(newer, "newer"));
    }

    private static void RefusesAnyPart<T>(byte[] bytes)
        where T : IWireEncodable<T>
    {
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] part = bytes[..length];
            Assert.Throws<CephProtocolException>(() =>
            {
                var reader = new WireReader(part, "part");
                _ = T.Read(ref reader);
            });
        }
    }
}
