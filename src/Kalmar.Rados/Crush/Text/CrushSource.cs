namespace Kalmar.Rados.Crush.Text;

/// <summary>A CRUSH text taken apart, each thing with the place where it stands.</summary>
internal sealed class CrushSource
{
    public CrushTunables Tunables { get; set; } = new()
    {
        // What a text doesn't say is as it was before any tunable, so that a text means the same for ever.
        ChooseLocalTries = 2,
        ChooseLocalFallbackTries = 5,
        ChooseTotalTries = 19,
        ChooseLeafDescendOnce = 0,
        ChooseLeafVaryR = 0,
        ChooseLeafStable = 0,
        StrawCalcVersion = 0,
        AllowedBucketAlgorithms = 22,
    };

    public bool HasMsrTunables { get; set; }

    public List<DeviceSource> Devices { get; } = [];

    public List<TypeSource> Types { get; } = [];

    public List<BucketSource> Buckets { get; } = [];

    public List<RuleSource> Rules { get; } = [];

    public List<ChooseArgsSource> ChooseArgs { get; } = [];

    internal sealed record DeviceSource(int Id, CrushToken IdToken, CrushToken Name, CrushToken? DeviceClass);

    internal sealed record TypeSource(int Id, CrushToken IdToken, CrushToken Name);

    internal sealed record BucketSource(CrushToken Type, CrushToken Name)
    {
        public List<BucketIdSource> Ids { get; } = [];

        public CrushAlgorithm Algorithm { get; set; }

        public CrushToken AlgorithmToken { get; set; }

        public byte Hash { get; set; }

        public List<ItemSource> Items { get; } = [];
    }

    internal sealed record BucketIdSource(int Id, CrushToken IdToken, CrushToken? DeviceClass);

    internal sealed record ItemSource(CrushToken Name, uint? Weight, CrushToken WeightToken, int? Position, CrushToken PositionToken);

    internal sealed record RuleSource(CrushToken? Name, byte Id, CrushToken IdToken, byte Type, byte MinSize, byte MaxSize)
    {
        public List<StepSource> Steps { get; } = [];
    }

    /// <summary>A step; <see cref="Item"/> of take and <see cref="Type"/> of choose are names still.</summary>
    internal sealed record StepSource(CrushRuleOp Op, int Number, CrushToken? Item, CrushToken? DeviceClass, CrushToken? Type);

    internal sealed record ChooseArgsSource(long Key, CrushToken KeyToken)
    {
        public List<WeightSetSource> Sets { get; } = [];
    }

    internal sealed record WeightSetSource(int Bucket, CrushToken BucketToken)
    {
        public List<(CrushToken Start, List<uint> Weights)> Positions { get; } = [];

        public CrushToken IdsToken { get; set; }

        public List<int>? Ids { get; set; }
    }
}
