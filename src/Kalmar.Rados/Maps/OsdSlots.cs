using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The lists of an OSD map that have an entry for each OSD, while an incremental changes them.</summary>
internal sealed class OsdSlots
{
    private readonly Epoch _epoch;
    private readonly int _maxOsd;
    private readonly ListEdit<OsdState> _states;
    private readonly ListEdit<uint> _weights;
    private readonly ListEdit<uint> _affinities;
    private readonly ListEdit<EntityAddressVector> _client;
    private readonly ListEdit<EntityAddressVector> _cluster;
    private readonly ListEdit<EntityAddressVector> _back;
    private readonly ListEdit<EntityAddressVector> _front;
    private readonly ListEdit<OsdInfo> _infos;
    private readonly ListEdit<OsdExtraInfo> _extraInfos;
    private readonly ListEdit<Guid> _uuids;

    public OsdSlots(OsdMap map, int maxOsd)
    {
        _epoch = map.Epoch;
        _maxOsd = maxOsd;
        _states = new(map.States);
        _weights = new(map.Weights);
        _affinities = new(map.PrimaryAffinities);
        _client = new(map.ClientAddresses);
        _cluster = new(map.ClusterAddresses);
        _back = new(map.HeartbeatBackAddresses);
        _front = new(map.HeartbeatFrontAddresses);
        _infos = new(map.Infos);
        _extraInfos = new(map.ExtraInfos);
        _uuids = new(map.Uuids);
        Resize();
    }

    /// <summary>The order is Ceph's and matters: weights (one that is not 0 makes an OSD exist), affinities, states, then what came up.</summary>
    public void Apply(OsdMapIncremental incremental)
    {
        foreach ((OsdId osd, uint weight) in incremental.NewWeight)
        {
            _weights[osd.Value] = weight;
            if (weight != 0)
            {
                _states[osd.Value] = (_states[osd.Value] & ~(OsdState.AutoOut | OsdState.New)) | OsdState.Exists;
                _extraInfos[osd.Value] = _extraInfos[osd.Value] with { OldWeight = 0 };
            }
        }

        foreach ((OsdId osd, uint affinity) in incremental.NewPrimaryAffinity)
        {
            SetAffinity(osd.Value, affinity);
        }

        foreach ((OsdId osd, OsdState change) in incremental.NewState)
        {
            Flip(osd.Value, change == OsdState.None ? OsdState.Up : change, incremental.Modified);
        }

        BringUp(incremental);
        foreach ((OsdId osd, Epoch epoch) in incremental.NewUpThrough)
        {
            _infos[osd.Value] = _infos[osd.Value] with { UpThrough = epoch };
        }

        foreach ((OsdId osd, EpochRange range) in incremental.NewLastCleanInterval)
        {
            _infos[osd.Value] = _infos[osd.Value] with { LastCleanBegin = range.Begin, LastCleanEnd = range.End };
        }

        foreach ((OsdId osd, Epoch epoch) in incremental.NewLost)
        {
            _infos[osd.Value] = _infos[osd.Value] with { LostAt = epoch };
        }

        foreach ((OsdId osd, OsdExtraInfo info) in incremental.NewExtraInfo)
        {
            _extraInfos[osd.Value] = info;
        }

        foreach ((OsdId osd, Guid uuid) in incremental.NewUuid)
        {
            _uuids[osd.Value] = uuid;
        }
    }

    public OsdMap Result(OsdMap map) => map with
    {
        MaxOsd = _maxOsd,
        States = _states.Result,
        Weights = _weights.Result,
        PrimaryAffinities = _affinities.Result,
        ClientAddresses = _client.Result,
        ClusterAddresses = _cluster.Result,
        HeartbeatBackAddresses = _back.Result,
        HeartbeatFrontAddresses = _front.Result,
        Infos = _infos.Result,
        ExtraInfos = _extraInfos.Result,
        Uuids = _uuids.Result,
    };

    private void Resize()
    {
        _states.Resize(_maxOsd, OsdState.None);
        _weights.Resize(_maxOsd, 0);
        _client.Resize(_maxOsd, EntityAddressVector.Empty);
        _cluster.Resize(_maxOsd, EntityAddressVector.Empty);
        _back.Resize(_maxOsd, EntityAddressVector.Empty);
        _front.Resize(_maxOsd, EntityAddressVector.Empty);
        _infos.Resize(_maxOsd, default);
        _extraInfos.Resize(_maxOsd, OsdExtraInfo.None);
        _uuids.Resize(_maxOsd, Guid.Empty);
        if (_affinities.Count > 0)
        {
            _affinities.Resize(_maxOsd, OsdMap.FullWeight);
        }
    }

    private void SetAffinity(int osd, uint affinity)
    {
        if (_affinities.Count == 0)
        {
            _affinities.Resize(_maxOsd, OsdMap.FullWeight);
        }

        _affinities[osd] = affinity;
    }

    private void Flip(int osd, OsdState change, Utime modified)
    {
        OsdState state = _states[osd];
        if (state.HasFlag(OsdState.Up) && change.HasFlag(OsdState.Up))
        {
            _infos[osd] = _infos[osd] with { DownAt = _epoch };
            _extraInfos[osd] = _extraInfos[osd] with { DownStamp = modified };
        }

        if (state.HasFlag(OsdState.Exists) && change.HasFlag(OsdState.Exists))
        {
            Wipe(osd);
        }
        else
        {
            _states[osd] = state ^ change;
        }
    }

    private void Wipe(int osd)
    {
        _states[osd] = OsdState.None;
        _uuids[osd] = Guid.Empty;
        _infos[osd] = default;
        _extraInfos[osd] = OsdExtraInfo.None;
        SetAffinity(osd, OsdMap.FullWeight);
        _client[osd] = EntityAddressVector.Empty;
        _cluster[osd] = EntityAddressVector.Empty;
        _back[osd] = EntityAddressVector.Empty;
        _front[osd] = EntityAddressVector.Empty;
    }

    private void BringUp(OsdMapIncremental incremental)
    {
        foreach ((OsdId osd, EntityAddressVector addresses) in incremental.NewUpClient)
        {
            _states[osd.Value] |= OsdState.Exists | OsdState.Up;
            _client[osd.Value] = addresses;
            _infos[osd.Value] = _infos[osd.Value] with { UpFrom = _epoch };
        }

        foreach ((OsdId osd, EntityAddressVector addresses) in incremental.NewHeartbeatBackUp)
        {
            _back[osd.Value] = addresses;
        }

        foreach ((OsdId osd, EntityAddressVector addresses) in incremental.NewHeartbeatFrontUp)
        {
            _front[osd.Value] = addresses;
        }

        foreach ((OsdId osd, EntityAddressVector addresses) in incremental.NewUpCluster)
        {
            _cluster[osd.Value] = addresses;
        }
    }
}
