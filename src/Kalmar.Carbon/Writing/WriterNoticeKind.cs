namespace Kalmar.Carbon.Writing;

/// <summary>Kinds of <see cref="WriterNotice"/>.</summary>
public enum WriterNoticeKind
{
    /// <summary>The disk refuses; points wait.</summary>
    DiskRefuses,

    /// <summary>The disk takes points again.</summary>
    DiskWorksAgain,

    /// <summary>A damaged file was put aside and made anew.</summary>
    DamagedFile,

    /// <summary>Points were given up.</summary>
    PointsLost,

    /// <summary>The configuration was read again.</summary>
    ConfigurationRead,

    /// <summary>The configuration could not be read; the one before stays.</summary>
    ConfigurationRefused,

    /// <summary>The configuration asks for something that is not done.</summary>
    ConfigurationIgnored,

    /// <summary>A destination of a relay takes nothing now; points wait.</summary>
    DestinationAway,

    /// <summary>The destination takes points again.</summary>
    DestinationBack,
}
