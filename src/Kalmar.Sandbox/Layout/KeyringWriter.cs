using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kalmar.Sandbox.Layout;

/// <summary>
/// Makes the keys of a new cluster. The monitors take all of them, with their caps, when their store is made, so that no key has to be asked for
/// (or passed on a command line) later.
/// </summary>
internal static class KeyringWriter
{
    public static void WriteAll(SandboxFolder folder, IEnumerable<SandboxDaemon> daemons, DateTimeOffset now)
    {
        string monitorKey = NewKey(now);
        string adminKey = NewKey(now);
        StringBuilder seed = new();
        Entry(seed, "mon.", monitorKey, [("mon", "allow *")]);
        Entry(seed, "client.admin", adminKey, [("mon", "allow *"), ("mgr", "allow *"), ("osd", "allow *"), ("mds", "allow *")]);
        foreach (SandboxDaemon daemon in daemons.Where(d => d.Kind != SandboxDaemonKind.Monitor))
        {
            string key = NewKey(now);
            Entry(seed, daemon.Name, key, Caps(daemon.Kind));
            SandboxFolder.Write(folder.KeyringOf(daemon), Entry(new StringBuilder(), daemon.Name, key, []).ToString());
        }

        StringBuilder own = new();
        Entry(own, "client.admin", adminKey, []);
        Entry(own, "mon.", monitorKey, []);
        SandboxFolder.Write(folder.SeedKeyring, seed.ToString());
        SandboxFolder.Write(folder.Keyring, own.ToString());
    }

    /// <summary>An AES-128 key as keyrings write it: type 1, time of making, length and secret, little-endian, in base64.</summary>
    private static string NewKey(DateTimeOffset now)
    {
        Span<byte> key = stackalloc byte[28];
        BinaryPrimitives.WriteUInt16LittleEndian(key, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(key[2..], (uint)now.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32LittleEndian(key[6..], 0);
        BinaryPrimitives.WriteUInt16LittleEndian(key[10..], 16);
        RandomNumberGenerator.Fill(key[12..]);
        return Convert.ToBase64String(key);
    }

    private static (string Service, string Cap)[] Caps(SandboxDaemonKind kind) => kind switch
    {
        SandboxDaemonKind.Manager => [("mon", "allow profile mgr"), ("osd", "allow *"), ("mds", "allow *")],
        SandboxDaemonKind.Osd => [("mon", "allow profile osd"), ("mgr", "allow profile osd"), ("osd", "allow *")],
        SandboxDaemonKind.MetadataServer => [("mon", "allow profile mds"), ("mgr", "allow profile mds"), ("osd", "allow rwx"), ("mds", "allow *")],
        _ => [("mon", "allow rw"), ("mgr", "allow rw"), ("osd", "allow rwx")],
    };

    private static StringBuilder Entry(StringBuilder text, string name, string key, (string Service, string Cap)[] caps)
    {
        text.Append('[').Append(name).Append("]\n\tkey = ").Append(key).Append('\n');
        foreach ((string service, string cap) in caps)
        {
            text.Append("\tcaps ").Append(service).Append(" = \"").Append(cap).Append("\"\n");
        }

        return text;
    }
}
