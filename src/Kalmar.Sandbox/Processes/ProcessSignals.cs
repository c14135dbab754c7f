using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kalmar.Sandbox.Processes;

/// <summary>
/// Sends signals to exactly the process that was meant: it is first held by a descriptor (pidfd, Linux 5.3), then compared with what we know of it,
/// then signalled through the descriptor, so that its number cannot change hands in between.
/// </summary>
internal static class ProcessSignals
{
    private const long PidfdSendSignal = 424;
    private const long PidfdOpen = 434;
    private const int NoSuchProcess = 3;
    private const int NoSuchCall = 38;

    /// <summary>Sends a signal; false when the process is gone.</summary>
    /// <exception cref="SandboxException">The process belongs to another user.</exception>
    public static bool Send(ProcessIdentity process, ProcessSignal signal)
    {
        long descriptor = syscall(PidfdOpen, process.Pid, 0, 0, 0);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() switch
            {
                NoSuchProcess => false,
                NoSuchCall => ProcessTable.IsAlive(process) && Sent(kill(process.Pid, (int)signal), process),
                int error => throw Failed(process, error),
            };
        }

        using SafeFileHandle handle = new((nint)descriptor, ownsHandle: true);
        return ProcessTable.IsAlive(process) && Sent(syscall(PidfdSendSignal, descriptor, (long)signal, 0, 0), process);
    }

    /// <summary>Waits until the process is gone; false when it is still there after the given time.</summary>
    public static async Task<bool> WaitForEndAsync(ProcessIdentity process, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (ProcessTable.IsAlive(process))
        {
            if (time.GetElapsedTime(start) > limit)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static bool Sent(long result, ProcessIdentity process)
    {
        if (result == 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw Failed(process, error);
    }

    private static SandboxException Failed(ProcessIdentity process, int error) =>
        new(SandboxErrorKind.NoSuchDaemon, $"process {process.Pid} cannot be signalled ({new Win32Exception(error).Message}); run this as the user who started the sandbox");

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, long a, long b, long c, long d);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
