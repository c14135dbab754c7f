using System.Text.Json;

namespace Kalmar.Sandbox.Layout;

/// <summary>What <c>sandbox.json</c> keeps: how the sandbox was made. What runs is never kept, since the process table knows it better.</summary>
/// <param name="Format">1.</param>
/// <param name="Options">As asked for, with the folder as an absolute path.</param>
/// <param name="Fsid">The cluster's id.</param>
/// <param name="OsdIds">The uuid of each OSD.</param>
/// <param name="BasePort">First of ten ports: v2 and v1 of up to three monitors, then the object gateway.</param>
/// <param name="DaemonPort">Where the other daemons start to look for free ports.</param>
internal sealed record SandboxState(int Format, SandboxOptions Options, Guid Fsid, IReadOnlyList<Guid> OsdIds, int BasePort, int DaemonPort)
{
    public const int CurrentFormat = 1;

    public int MonitorV2Port(int index) => BasePort + (2 * index);

    public int MonitorV1Port(int index) => BasePort + (2 * index) + 1;

    public int GatewayPort => BasePort + 6;

    public void Save(SandboxFolder folder) => SandboxFolder.Write(folder.State, JsonSerializer.Serialize(this, SandboxJson.Default.SandboxState) + "\n");

    /// <exception cref="SandboxException">There is no sandbox, or its file is damaged.</exception>
    public static SandboxState Load(SandboxFolder folder)
    {
        if (!File.Exists(folder.State))
        {
            throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{folder.Root}' holds no sandbox (no sandbox.json); name the folder of one, or make one there");
        }

        try
        {
            SandboxState? state = JsonSerializer.Deserialize(File.ReadAllText(folder.State), SandboxJson.Default.SandboxState);
            if (state is { Format: CurrentFormat, Options: not null, OsdIds: not null })
            {
                // The folder may have been moved; where it lies now is what counts, and ceph.conf must agree (checked on start).
                return state with { Options = state.Options with { Folder = folder.Root } };
            }
        }
        catch (JsonException e)
        {
            throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{folder.State}' is damaged ({e.Message.ReplaceLineEndings(" ")}); remove the folder by hand once no daemon runs from it", e);
        }

        throw new SandboxException(SandboxErrorKind.WrongFolder, $"'{folder.State}' was written by another version of Kalmar; remove that sandbox with the version that made it");
    }
}
