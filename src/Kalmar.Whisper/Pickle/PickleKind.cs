namespace Kalmar.Whisper.Pickle;

/// <summary>Kinds of values in a pickle.</summary>
internal enum PickleKind : byte
{
    None,
    Boolean,
    Integer,
    Real,
    Text,
    List,
    Tuple,
    Dictionary,
    Name,
    Object,
    Mark,
}
