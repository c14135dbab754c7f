namespace Kalmar.Collectors.Hosts;

/// <summary>How full a file system is.</summary>
/// <param name="BlockBytes">The size of a block.</param>
/// <param name="Blocks">All blocks.</param>
/// <param name="BlocksFree">Free blocks.</param>
/// <param name="BlocksAvailable">Free blocks that are not kept back for root.</param>
/// <param name="Inodes">All inodes; 0 where the file system has no such limit.</param>
/// <param name="InodesFree">Free inodes.</param>
/// <param name="InodesAvailable">Free inodes that are not kept back for root.</param>
public readonly record struct FileSystemSpace(
    ulong BlockBytes, ulong Blocks, ulong BlocksFree, ulong BlocksAvailable, ulong Inodes, ulong InodesFree, ulong InodesAvailable);
