using System.Globalization;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <content>Subvolumes, their groups and snapshots: commands of the manager's volumes module.</content>
public sealed partial class FileSystemRequestFactory
{
    private static readonly string[] Numbers = ["size", "uid", "gid"];
    private static readonly string[] Switches = ["no_shrink", "retain_snapshots", "namespace_isolated"];
    private static readonly string[] Texts = ["group_name", "snap_name", "new_size", "pool_layout", "mode"];

    /// <summary>Makes, resizes or removes a subvolume, or a snapshot of one.</summary>
    /// <param name="verb"><c>create</c>, <c>rm</c>, <c>resize</c>, <c>snapshot create</c> or <c>snapshot rm</c>.</param>
    /// <param name="name">The file system.</param>
    /// <param name="subvolume">The subvolume.</param>
    /// <param name="arguments">More arguments by Ceph's names (<c>size</c>, <c>group_name</c>, <c>snap_name</c>, <c>new_size</c>).</param>
    public RequestPlan Subvolume(string verb, string name, string subvolume, IReadOnlyDictionary<string, string>? arguments = null) =>
        Volume("subvolume", "sub_name", verb, name, subvolume, arguments);

    /// <summary>Makes, resizes or removes a group of subvolumes.</summary>
    /// <param name="verb"><c>create</c>, <c>rm</c> or <c>resize</c>.</param>
    /// <param name="name">The file system.</param>
    /// <param name="group">The group.</param>
    /// <param name="arguments">More arguments by Ceph's names (<c>size</c>, <c>new_size</c>, <c>mode</c>).</param>
    public RequestPlan SubvolumeGroup(string verb, string name, string group, IReadOnlyDictionary<string, string>? arguments = null) =>
        Volume("subvolumegroup", "group_name", verb, name, group, arguments);

    private RequestPlan Volume(string kind, string argument, string verb, string name, string item, IReadOnlyDictionary<string, string>? arguments)
    {
        NeedOneOf("verb", verb, kind == "subvolume" ? ["create", "rm", "resize", "snapshot create", "snapshot rm"] : ["create", "rm", "resize"]);
        NeedFileSystem(name);
        CephCommand command = new CephCommand($"fs {kind} {verb}").With("vol_name", name).With(argument, NeedFolderName("name", item));
        foreach ((string key, string value) in arguments ?? new Dictionary<string, string>())
        {
            command = Add(command, key, value);
        }

        // What is removed cannot be removed again, and a second snapshot is refused: only these do the same twice.
        return Plan($"{(kind == "subvolume" ? "Subvolume" : "Subvolume group")} {verb} '{item}' of '{name}'", [PlainStep("mgr", command, verb is "create" or "resize")], [$"{kind} '{item}' of '{name}'"]);
    }

    private static CephCommand Add(CephCommand command, string key, string value)
    {
        if (Numbers.Contains(key))
        {
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? command.With(key, number)
                : throw new RequestRefusedException(RefusalReason.Invalid, key, key == "size" ? "a number of bytes" : "a whole number");
        }

        if (Switches.Contains(key))
        {
            return bool.TryParse(value, out bool on) ? command.With(key, on) : throw new RequestRefusedException(RefusalReason.Invalid, key, "true or false");
        }

        NeedOneOf(key, key, [.. Texts, .. Numbers, .. Switches]);
        return command.With(key, key is "group_name" or "snap_name" ? NeedFolderName(key, value) : NeedName(key, value));
    }

    /// <summary>These names become folders: none may lead out of its place.</summary>
    private static string NeedFolderName(string field, string? name) => NeedName(field, name) is { } given && given is not ("." or "..") && !given.Contains('/', StringComparison.Ordinal)
        ? given
        : throw new RequestRefusedException(RefusalReason.Invalid, field, "becomes the name of a folder, and must not be '.', '..' or hold a '/'");
}
