namespace Kalmar.Server.Views;

/// <summary>How something is to be shown: a colour, an icon of its own shape, and a word, so that none of them is needed alone.</summary>
public enum ViewState
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>As it should be, and at work.</summary>
    Busy,

    /// <summary>Needs attention.</summary>
    Warning,

    /// <summary>Broken.</summary>
    Bad,
}
