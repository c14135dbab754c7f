namespace Kalmar.Carbon.Writing;

/// <summary>What the writer is doing.</summary>
public enum WriterState
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Writing, or waiting for points.</summary>
    Running,

    /// <summary>The disk is full or may not be written: points wait in the cache; tried again and again.</summary>
    WaitingForDisk,

    /// <summary>Writing the last points.</summary>
    Draining,

    /// <summary>Ended.</summary>
    Stopped,
}
