namespace Kalmar.Wire;

/// <summary>A structure that can be read from and written to Ceph's wire format.</summary>
/// <typeparam name="TSelf">The structure itself.</typeparam>
public interface IWireEncodable<TSelf>
    where TSelf : IWireEncodable<TSelf>
{
    /// <summary>Reads one value and moves the reader behind it.</summary>
    /// <param name="reader">Where the encoding starts.</param>
    /// <exception cref="CephProtocolException">The bytes are truncated, out of range or too new.</exception>
    static abstract TSelf Read(ref WireReader reader);

    /// <summary>Appends the value in the newest encoding that we know.</summary>
    /// <param name="writer">Where the bytes go.</param>
    void Write(WireWriter writer);
}
