using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>File systems and metadata servers.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed partial class FileSystemRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    private static readonly string[] Variables =
    [
        "max_mds", "max_file_size", "allow_new_snaps", "inline_data", "cluster_down", "allow_dirfrags", "balancer", "standby_count_wanted",
        "session_timeout", "session_autoclose", "allow_standby_replay", "down", "joinable", "min_compat_client",
    ];

    /// <summary>Makes a file system of two pools.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="metadata">The pool of its metadata.</param>
    /// <param name="data">The pool of its data.</param>
    public RequestPlan Create(string name, PoolId metadata, PoolId data)
    {
        NeedName("name", name);
        if (Exists(name))
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "name", $"there is a file system '{name}' already");
        }

        CephCommand command = new CephCommand("fs new").With("fs_name", name).With("metadata", NeedPool(metadata).Name).With("data", NeedPool(data).Name);
        return Plan($"Creating file system '{name}'", [Step(command, new FileSystemExists(name, true))], [$"new file system '{name}'", $"pool {metadata}", $"pool {data}"]);
    }

    /// <summary>Removes a file system; its pools stay. All its metadata servers are failed first.</summary>
    /// <param name="name">Its name.</param>
    public RequestPlan Remove(string name)
    {
        NeedFileSystem(name);
        return Plan(
            $"Removing file system '{name}'",
            [
                Step(new CephCommand("fs fail").With("fs_name", name), null),
                Step(new CephCommand("fs rm").With("fs_name", name).With("yes_i_really_mean_it", true), new FileSystemExists(name, false)),
            ],
            [$"file system '{name}': clients lose it, its pools stay"]);
    }

    /// <summary>Takes a file system down at once.</summary>
    /// <param name="name">Its name.</param>
    public RequestPlan Fail(string name)
    {
        NeedFileSystem(name);
        return Plan($"Failing file system '{name}'", [Step(new CephCommand("fs fail").With("fs_name", name), null)], [$"file system '{name}'"]);
    }

    /// <summary>Sets one of a file system's values.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">As in <c>ceph fs set</c>: <c>max_mds</c>, <c>joinable</c>, …</param>
    /// <param name="value">The value.</param>
    public RequestPlan Set(string name, string variable, string value)
    {
        NeedFileSystem(name);
        NeedOneOf("variable", variable, Variables);
        NeedName("value", value);
        return Plan(
            $"Setting {variable} of file system '{name}' to {value}",
            [Step(new CephCommand("fs set").With("fs_name", name).With("var", variable).With("val", value).With("yes_i_really_mean_it", true), null)],
            [$"file system '{name}': {variable} -> {value}"]);
    }

    /// <summary>Gives a file system a further data pool, or takes one away.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="remove">True to take it away.</param>
    public RequestPlan SetDataPool(string name, PoolId pool, bool remove)
    {
        NeedFileSystem(name);
        (_, string poolName) = NeedPool(pool);
        return Plan(
            $"{(remove ? "Removing" : "Adding")} data pool '{poolName}' {(remove ? "from" : "to")} file system '{name}'",
            [Step(new CephCommand(remove ? "fs rm_data_pool" : "fs add_data_pool").With("fs_name", name).With("pool", poolName), null)],
            [$"file system '{name}'", $"pool '{poolName}'"]);
    }

    /// <summary>Fails a metadata server; a standby takes over.</summary>
    /// <param name="role">Its name, <c>FS:RANK</c>, or its gid.</param>
    public RequestPlan FailMds(string role)
    {
        NeedName("role", role);
        if (!HasMds(role))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no mds.{role}; name one, FILE-SYSTEM:RANK, or a gid");
        }

        return Plan($"Failing mds.{role}", [Step(new CephCommand("mds fail").With("role_or_gid", role), null, repeatable: false)], [$"mds.{role}"]) with
        {
            Questions = [new SafetyQuestion("mon", CephCommand.Query("mds ok-to-stop").With("ids", [role]).ToJson(), $"mds ok-to-stop {role}")],
        };
    }

    private bool Exists(string name) => Snapshot.FsMap is { } map
        ? map.Value.FileSystems.Any(f => f.Name == name)
        : throw Unknown();

    private bool HasMds(string role)
    {
        FsMap map = Snapshot.FsMap?.Value ?? throw Unknown();
        if (role.Split(':') is [string name, string rank])
        {
            return map.FileSystems.Any(f => (f.Name == name || Text(f.Id) == name) && f.MdsMap.Up.Keys.Any(up => Text(up) == rank));
        }

        return map.Daemons.Any(d => d.Name == role || d.GlobalId.ToString(CultureInfo.InvariantCulture) == role)
            || map.FileSystems.Any(f => f.Id == map.DefaultFileSystem && f.MdsMap.Up.Keys.Any(up => Text(up) == role));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static RequestRefusedException Unknown() => new(RefusalReason.Unavailable, "", "the file systems' map is not known yet; try again in a moment");

    private void NeedFileSystem(string name)
    {
        if (name is null || !Exists(name))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no file system '{name}'");
        }
    }

    private static RequestStep Step(CephCommand command, MapCondition? done, bool repeatable = true) =>
        PlainStep("mon", command, repeatable) with { Follows = FollowedMap.FsMap, Done = done };

    private static RequestPlan Plan(string headline, IReadOnlyList<RequestStep> steps, IReadOnlyList<string> touches) =>
        new() { Kind = RequestKind.FileSystem, Headline = headline, Steps = steps, Touches = touches };
}
