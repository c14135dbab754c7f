namespace Kalmar.Sandbox.Processes;

/// <summary>The signals that a sandbox sends, with Linux's numbers (x86 and ARM).</summary>
internal enum ProcessSignal
{
    /// <summary>SIGKILL: end at once.</summary>
    Kill = 9,

    /// <summary>SIGTERM: end in order.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: go on.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: freeze.</summary>
    Stop = 19,
}
