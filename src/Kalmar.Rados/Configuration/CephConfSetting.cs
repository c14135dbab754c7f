namespace Kalmar.Rados.Configuration;

/// <summary>One <c>option = value</c> of a file.</summary>
/// <param name="Option">The option's name as it is looked up: blanks are underscores.</param>
/// <param name="Value">The value without comment, quotes and escapes, variables not yet replaced.</param>
/// <param name="Line">The line where it starts, from 1.</param>
public sealed record CephConfSetting(string Option, string Value, int Line);
