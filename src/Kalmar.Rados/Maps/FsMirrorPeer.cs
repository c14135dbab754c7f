using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A file system that another is copied to: Ceph's Peer, VER(1,1), with a ClusterInfo, VER(1,1), inside.</summary>
/// <param name="Id">The pairing's id.</param>
/// <param name="ClientName">The client that is used there.</param>
/// <param name="ClusterName">The other cluster.</param>
/// <param name="FileSystemName">The file system there.</param>
public sealed record FsMirrorPeer(string Id, string ClientName, string ClusterName, string FileSystemName) : IWireEncodable<FsMirrorPeer>
{
    /// <inheritdoc/>
    public static FsMirrorPeer Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("Peer", 1, out _);
        string id = body.ReadString();
        WireReader remote = body.ReadStruct("ClusterInfo", 1, out _);
        return new FsMirrorPeer(id, remote.ReadString(), remote.ReadString(), remote.ReadString());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteString(Id);
        int remote = writer.BeginStruct(1, 1);
        writer.WriteString(ClientName);
        writer.WriteString(ClusterName);
        writer.WriteString(FileSystemName);
        writer.EndStruct(remote);
        writer.EndStruct(mark);
    }
}
