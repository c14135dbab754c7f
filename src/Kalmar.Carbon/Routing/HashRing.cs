using System.Security.Cryptography;
using System.Text;

namespace Kalmar.Carbon.Routing;

/// <summary>
/// Carbon's ring: a hundred places for each destination; a name belongs to the destination at its place or the next one. Or Carbon's fast
/// ring: the destinations in the order of their hashes; a name belongs to the one whose number is its hash modulo their count.
/// The same destinations in the same order give the same ring as in carbon-relay.
/// </summary>
public sealed class HashRing
{
    private const int Replicas = 100;

    private readonly RingHash _hash;
    private readonly bool _fast;
    private readonly SortedDictionary<int, int> _places = [];
    private readonly Destination[] _destinations;
    private readonly (int Place, int Destination)[] _ring;

    /// <summary>Makes a ring; the order matters where two places fall together.</summary>
    /// <param name="destinations">The destinations.</param>
    /// <param name="hash">What places names.</param>
    /// <param name="fast">The fast ring (<c>fast-hashing</c>), in which another destination moves most names.</param>
    public HashRing(IReadOnlyList<Destination> destinations, RingHash hash, bool fast = false)
    {
        _hash = hash;
        _fast = fast;
        _destinations = [.. destinations];
        for (int d = 0; d < _destinations.Length; d++)
        {
            Add(d);
        }

        _ring = [.. _places.Select(p => (p.Key, p.Value))];
    }

    /// <summary>The destinations in their order.</summary>
    public IReadOnlyList<Destination> Destinations => _destinations;

    /// <summary>The destinations of a name, nearest first, each once; fills as many as the span takes.</summary>
    /// <param name="name">The name, UTF-8.</param>
    /// <param name="diverse">At most one destination of each host (<c>DIVERSE_REPLICAS</c>).</param>
    /// <param name="found">Gets the numbers of destinations.</param>
    /// <returns>How many were found.</returns>
    public int Find(ReadOnlySpan<byte> name, bool diverse, Span<int> found)
    {
        int count = 0;
        if (_ring.Length == 0)
        {
            return 0;
        }

        int place = PlaceOf(name);
        int start = _fast ? (int)(((place % (long)_ring.Length) + _ring.Length) % _ring.Length) : Search(place);

        // The walk ends one place before the whole circle, as Carbon's does; on the fast ring it goes around.
        int steps = _fast ? _ring.Length : Math.Max(1, _ring.Length - 1);
        for (int i = 0; i < steps && count < found.Length; i++)
        {
            int destination = _ring[(start + i) % _ring.Length].Destination;
            if (!Taken(found[..count], destination, diverse))
            {
                found[count++] = destination;
            }
        }

        return count;
    }

    /// <summary>The place of a name: 0 to 65,535, or any number for Murmur3.</summary>
    internal int PlaceOf(ReadOnlySpan<byte> name)
    {
        if (_hash == RingHash.Murmur3)
        {
            return Murmur3.Hash(name);
        }

        if (_hash == RingHash.Fnv1a)
        {
            uint fnv = 0x811c9dc5;
            foreach (byte b in name)
            {
                fnv = (fnv ^ b) * 0x01000193;
            }

            return (int)((fnv >> 16) ^ (fnv & 0xffff));
        }

        Span<byte> digest = stackalloc byte[16];
#pragma warning disable CA5351 // It spreads names, as Carbon does; it keeps no secret.
        MD5.HashData(name, digest);
#pragma warning restore CA5351
        return (digest[0] << 8) | digest[1];
    }

    private bool Taken(ReadOnlySpan<int> found, int destination, bool diverse)
    {
        foreach (int other in found)
        {
            if (other == destination || (diverse && _destinations[other].Host == _destinations[destination].Host))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(int destination)
    {
        // The text that Carbon hashes: Python's way of writing the pair of host and instance.
        (string host, _, string? instance) = _destinations[destination];
        host = _destinations[destination].RemoteWrite is null ? host : _destinations[destination].ToString();
        string pair = $"('{host}', {(instance is null ? "None" : $"'{instance}'")})";
        for (int i = 0; i < (_fast ? 1 : Replicas); i++)
        {
            string text = _fast ? pair : _hash == RingHash.Fnv1a ? $"{i}-{instance ?? "None"}" : $"{pair}:{i}";
            int place = PlaceOf(Encoding.UTF8.GetBytes(text));
            while (_places.ContainsKey(place))
            {
                place++;
            }

            _places.Add(place, destination);
        }
    }

    private int Search(int place)
    {
        int low = 0;
        int high = _ring.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ring[middle].Place < place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low % _ring.Length;
    }
}
