namespace Kalmar.Carbon.RemoteWrite;

/// <summary>What a remote-write receiver said.</summary>
internal enum RemoteAnswer
{
    /// <summary>It has the samples.</summary>
    Taken,

    /// <summary>It cannot take them now: no connection, no answer, 5xx, 408 or 429.</summary>
    Later,

    /// <summary>It will not take one of them (400): the others may be taken without it.</summary>
    BadSamples,

    /// <summary>It will take none of them: any other status.</summary>
    Never,
}
