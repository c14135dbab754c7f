using System.Diagnostics;
using System.Globalization;
using Kalmar.Sandbox;

namespace Kalmar.Testing;

/// <summary>
/// Removes the clusters of test programs that were killed before they could clean up: each cluster's folder has a file beside it that says which process it
/// was started for.
/// </summary>
internal static class LeftOverClusters
{
    /// <summary>What the names of such folders begin with.</summary>
    public const string Prefix = "kalmar-ceph-";

    private const string Owner = "owner";

    /// <summary>Notes that this process owns the cluster in a folder.</summary>
    public static void Claim(TemporaryFolder folder)
    {
        using Process self = Process.GetCurrentProcess();
        File.WriteAllText(folder.File(Owner), string.Create(CultureInfo.InvariantCulture, $"{self.Id} {Started(self)}"));
    }

    /// <summary>Removes all clusters whose owner is gone.</summary>
    public static async Task SweepAsync()
    {
        foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            string owner = Path.Combine(folder, Owner);
            string cluster = Path.Combine(folder, "c");
            try
            {
                if (File.Exists(owner) && !IsAlive(await File.ReadAllTextAsync(owner)))
                {
                    if (SandboxCluster.Exists(cluster))
                    {
                        await (await SandboxCluster.OpenAsync(cluster)).DestroyAsync();
                    }

                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception e) when (e is SandboxException or IOException or UnauthorizedAccessException)
            {
                // Another test program sweeps at the same moment, or it is another user's.
                TestContext.Current.SendDiagnosticMessage("left-over cluster in {0}: {1}", folder, e.Message);
            }
        }
    }

    private static bool IsAlive(string owner)
    {
        string[] parts = owner.Split(' ');
        if (parts.Length != 2 || !int.TryParse(parts[0], out int pid) || !long.TryParse(parts[1], out long started))
        {
            // Being written at this moment.
            return true;
        }

        try
        {
            using Process process = Process.GetProcessById(pid);
            return Math.Abs(Started(process) - started) <= 2;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static long Started(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
}
