using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Subvolumes of file systems, their groups and snapshots: the manager's volumes module.</summary>
internal static class VolumeChanges
{
    private const string F = "cluster/{fsid}/fs/{name}/";
    private const string S = F + "subvolume/{subvolume}";
    private const string G = F + "subvolumegroup/{group}";

    public static void Map(ApiRoutes api)
    {
        api.Ask(F + "status", "mgr", c => CephCommand.Query("fs status").With("fs", c.Route("name")), "A file system's metadata servers, pools and clients.");
        api.Ask(F + "subvolume", "mgr", c => Query("fs subvolume ls", c), "Subvolumes; ?group=GROUP for those of a group.");
        api.Ask(S, "mgr", c => Query("fs subvolume info", c), "A subvolume; ?group=GROUP.");
        api.Ask(S + "/snapshot", "mgr", c => Query("fs subvolume snapshot ls", c), "A subvolume's snapshots; ?group=GROUP.");
        api.Ask(F + "subvolumegroup", "mgr", c => Query("fs subvolumegroup ls", c), "Groups of subvolumes.");
        api.Ask(G, "mgr", c => CephCommand.Query("fs subvolumegroup info").With("vol_name", c.Route("name")).With("group_name", c.Route("group")), "A group of subvolumes.");

        api.Change(
            "POST", F + "subvolume", c => Make(c, subvolume: true), "Makes a subvolume; size is its quota in bytes.",
            """{"name":"box","group":"team","size":1073741824,"mode":"755"}""");
        api.Change("PATCH", S, c => Systems(c, Resize(c), out Dictionary<string, string> with).Subvolume("resize", c.Text("name"), c.Text("subvolume"), with), "Changes a subvolume's quota: bytes, or \"inf\".", """{"size":2147483648,"no_shrink":true}""");
        api.Change("DELETE", S, c => Systems(c, Remove(c), out Dictionary<string, string> with).Subvolume("rm", c.Text("name"), c.Text("subvolume"), with), "Removes a subvolume and its data; ?group=GROUP, ?retain_snapshots=1.");
        api.Change("POST", S + "/snapshot", c =>
        {
            Dictionary<string, string> with = new(StringComparer.Ordinal) { ["snap_name"] = c.Need("name") };
            return Systems(c, with, out _).Subvolume("snapshot create", c.Text("name"), c.Text("subvolume"), with);
        }, "Makes a snapshot of a subvolume; ?group=GROUP.", """{"name":"monday"}""");
        api.Change("DELETE", S + "/snapshot/{snapshot}", c =>
        {
            Dictionary<string, string> with = new(StringComparer.Ordinal) { ["snap_name"] = c.Text("snapshot") };
            return Systems(c, with, out _).Subvolume("snapshot rm", c.Text("name"), c.Text("subvolume"), with);
        }, "Removes a snapshot of a subvolume; ?group=GROUP.");

        api.Change("POST", F + "subvolumegroup", c => Make(c, subvolume: false), "Makes a group of subvolumes.", """{"name":"team","size":1073741824}""");
        api.Change("PATCH", G, c =>
        {
            Dictionary<string, string> with = Resize(c);
            return new FileSystemRequestFactory(c.Checked()).SubvolumeGroup("resize", c.Text("name"), c.Text("group"), with);
        }, "Changes a group's quota: bytes, or \"inf\".", """{"size":2147483648}""");
        api.Change("DELETE", G, c => new FileSystemRequestFactory(c.Checked()).SubvolumeGroup("rm", c.Text("name"), c.Text("group")), "Removes a group without subvolumes.");
    }

    private static RequestPlan Make(Change c, bool subvolume)
    {
        string item = c.Need("name");
        Dictionary<string, string> with = new(StringComparer.Ordinal);
        foreach (string number in new[] { "size", "uid", "gid" })
        {
            if (c.Body.Number(number) is { } value)
            {
                with[number] = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        foreach (string text in new[] { "pool_layout", "mode" })
        {
            if (c.Body.Text(text) is { } value)
            {
                with[text] = value;
            }
        }

        if (subvolume && c.Body.Text("group") is { } group)
        {
            with["group_name"] = group;
        }

        if (subvolume && c.Body.Flag("namespace_isolated") is { } isolated)
        {
            with["namespace_isolated"] = isolated ? "true" : "false";
        }

        FileSystemRequestFactory systems = new(c.Checked());
        return subvolume ? systems.Subvolume("create", c.Text("name"), item, with) : systems.SubvolumeGroup("create", c.Text("name"), item, with);
    }

    private static Dictionary<string, string> Resize(Change c)
    {
        Dictionary<string, string> with = new(StringComparer.Ordinal);
        bool unlimited = c.Body.Root.TryGetProperty("size", out System.Text.Json.JsonElement size) && size.ValueKind == System.Text.Json.JsonValueKind.String && size.ValueEquals("inf");
        if (c.IsThere("size"))
        {
            with["new_size"] = unlimited ? "inf" : (c.Body.Number("size", 1) ?? 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (c.Body.Flag("no_shrink") is { } keep)
        {
            with["no_shrink"] = keep ? "true" : "false";
        }

        return with;
    }

    private static Dictionary<string, string> Remove(Change c)
    {
        Dictionary<string, string> with = new(StringComparer.Ordinal);
        if (c.Query("retain_snapshots") is not (null or "0" or "false"))
        {
            with["retain_snapshots"] = "true";
        }

        return with;
    }

    private static FileSystemRequestFactory Systems(Change c, Dictionary<string, string> given, out Dictionary<string, string> with)
    {
        with = given;
        if (c.Query("group") is { Length: > 0 } group)
        {
            with["group_name"] = group;
        }

        return new FileSystemRequestFactory(c.Checked());
    }

    private static CephCommand Query(string prefix, HttpContext c)
    {
        CephCommand command = CephCommand.Query(prefix).With("vol_name", c.Route("name"));
        command = c.Request.RouteValues["subvolume"] is string subvolume ? command.With("sub_name", subvolume) : command;
        return command.WithQuery(c, "group", "group_name");
    }
}
