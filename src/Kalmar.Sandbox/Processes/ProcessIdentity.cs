namespace Kalmar.Sandbox.Processes;

/// <summary>One process, told from a later one with the same number by the time at which it was started.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>: hundredths of a second since the machine was started.</param>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks);
