using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>An option of a manager module: Ceph's MgrMap::ModuleOption, VER(1,1).</summary>
public sealed record MgrModuleOption : IWireEncodable<MgrModuleOption>
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>0 uint, 1 int, 2 str, 3 float, 4 bool, 5 addr, 6 addrvec, 7 uuid, 8 size, 9 secs, 10 millisecs.</summary>
    public byte Type { get; init; }

    /// <summary>0 basic, 1 advanced, 2 dev.</summary>
    public byte Level { get; init; }

    /// <summary>Flags; 1 can be changed at run time.</summary>
    public uint Flags { get; init; }

    /// <summary>The value when none is set.</summary>
    public string DefaultValue { get; init; } = "";

    /// <summary>The smallest value, or empty.</summary>
    public string Min { get; init; } = "";

    /// <summary>The largest value, or empty.</summary>
    public string Max { get; init; } = "";

    /// <summary>The only values, when not empty.</summary>
    public ValueList<string> EnumAllowed { get; init; } = [];

    /// <summary>What it is, in a line.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it is, at length.</summary>
    public string LongDescription { get; init; } = "";

    /// <summary>Tags.</summary>
    public ValueList<string> Tags { get; init; } = [];

    /// <summary>Related options.</summary>
    public ValueList<string> SeeAlso { get; init; } = [];

    /// <inheritdoc/>
    public static MgrModuleOption Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("MgrMap::ModuleOption", 1, out _);
        return new MgrModuleOption
        {
            Name = body.ReadString(),
            Type = body.ReadU8(),
            Level = body.ReadU8(),
            Flags = body.ReadU32(),
            DefaultValue = body.ReadString(),
            Min = body.ReadString(),
            Max = body.ReadString(),
            EnumAllowed = body.ReadStrings(),
            Description = body.ReadString(),
            LongDescription = body.ReadString(),
            Tags = body.ReadStrings(),
            SeeAlso = body.ReadStrings(),
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteString(Name);
        writer.WriteU8(Type);
        writer.WriteU8(Level);
        writer.WriteU32(Flags);
        writer.WriteString(DefaultValue);
        writer.WriteString(Min);
        writer.WriteString(Max);
        writer.WriteStrings(EnumAllowed);
        writer.WriteString(Description);
        writer.WriteString(LongDescription);
        writer.WriteStrings(Tags);
        writer.WriteStrings(SeeAlso);
        writer.EndStruct(mark);
    }
}
