using System.Globalization;
using System.Net;
using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// Reads <c>mon host</c> in every spelling: <c>[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]</c>, lists with commas, blanks or semicolons, plain
/// addresses, IPv6 with and without brackets, names. An address without a port stands for messenger 2 at 3300 and messenger 1 at 6789; port
/// 6789 is messenger 1; any other port is messenger 2.
/// </summary>
public static class MonHostParser
{
    /// <summary>Where monitors listen for messenger 2.</summary>
    public const int Msgr2Port = 3300;

    /// <summary>Where monitors listen for messenger 1.</summary>
    public const int LegacyPort = 6789;

    /// <summary>Reads a list.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <exception cref="CephConfigurationException">It makes no sense.</exception>
    public static IReadOnlyList<MonHostEntry> Parse(string text, string origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<MonHostEntry> entries = [];
        foreach (string token in Tokens(text, origin))
        {
            entries.Add(ParseEntry(token, origin));
        }

        return entries;
    }

    /// <summary>The addresses for an IP: both messengers when neither was named.</summary>
    internal static EntityAddressVector Expand(EntityAddressType type, uint nonce, IPAddress ip, int port) => (type, port) switch
    {
        (EntityAddressType.Any, 0) => new EntityAddressVector(
            [Make(EntityAddressType.Msgr2, nonce, ip, Msgr2Port), Make(EntityAddressType.Legacy, nonce, ip, LegacyPort)]),
        (EntityAddressType.Any, LegacyPort) => new EntityAddressVector([Make(EntityAddressType.Legacy, nonce, ip, port)]),
        (EntityAddressType.Any, _) => new EntityAddressVector([Make(EntityAddressType.Msgr2, nonce, ip, port)]),
        (EntityAddressType.Legacy, _) => new EntityAddressVector([Make(type, nonce, ip, port == 0 ? LegacyPort : port)]),
        _ => new EntityAddressVector([Make(EntityAddressType.Msgr2, nonce, ip, port == 0 ? Msgr2Port : port)]),
    };

    private static EntityAddress Make(EntityAddressType type, uint nonce, IPAddress ip, int port) => new(type, nonce, new IPEndPoint(ip, port));

    private static IEnumerable<string> Tokens(string text, string origin)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            depth += c switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            bool ends = i == text.Length || (depth == 0 && (c is ',' or ';' || char.IsWhiteSpace(c)));
            if (depth < 0 || (i == text.Length && depth != 0))
            {
                throw new CephConfigurationException($"{origin}: brackets do not match in mon host '{text}'");
            }

            if (ends)
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
        }
    }

    private static MonHostEntry ParseEntry(string token, string origin)
    {
        if (ParseAddress(token, EntityAddressType.Any) is { } single)
        {
            return new MonHostEntry(token, Expand(single.Type, single.Nonce, single.Ip, single.Port), null, EntityAddressType.Any, 0);
        }

        return token.StartsWith('[') && token.EndsWith(']') ? ParseVector(token, origin) : ParseName(token, origin);
    }

    private static MonHostEntry ParseVector(string token, string origin)
    {
        List<EntityAddress> addresses = [];
        foreach (string part in token[1..^1].Split([',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            (EntityAddressType type, uint nonce, IPAddress ip, int port) = ParseAddress(part, EntityAddressType.Msgr2)
                ?? throw Wrong(token, origin, $"'{part}' between the brackets is not an address such as v2:10.0.0.1:3300/0");
            addresses.AddRange(Expand(type, nonce, ip, port).Addresses);
        }

        return addresses.Count > 0
            ? new MonHostEntry(token, new EntityAddressVector(addresses), null, EntityAddressType.Any, 0)
            : throw Wrong(token, origin, "there is nothing between the brackets");
    }

    private static MonHostEntry ParseName(string token, string origin)
    {
        (EntityAddressType type, string rest) = TakePrefix(token, EntityAddressType.Any);
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string host = slash >= 0 ? rest[..slash] : rest;
        int colon = host.LastIndexOf(':');
        int port = 0;
        if (colon >= 0)
        {
            if (!TryPort(host[(colon + 1)..], out port))
            {
                throw Wrong(token, origin, "the port is not a number from 1 to 65535");
            }

            host = host[..colon];
        }

        bool plausible = host.Length is > 0 and <= 255
            && host.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            && !host.All(static c => char.IsAsciiDigit(c) || c == '.');
        return plausible
            ? new MonHostEntry(token, null, host, type, port)
            : throw Wrong(token, origin, "it is neither an address nor a host's name");
    }

    private static (EntityAddressType Type, uint Nonce, IPAddress Ip, int Port)? ParseAddress(string text, EntityAddressType fallback)
    {
        (EntityAddressType type, string rest) = TakePrefix(text, fallback);
        uint nonce = 0;
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!uint.TryParse(rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out nonce))
            {
                return null;
            }

            rest = rest[..slash];
        }

        return ParseEndPoint(rest) is var (ip, port) ? (type, nonce, ip, port) : null;
    }

    private static (IPAddress Ip, int Port)? ParseEndPoint(string text)
    {
        string host = text;
        string? portText = null;
        if (text.StartsWith('['))
        {
            int close = text.IndexOf(']', StringComparison.Ordinal);
            if (close < 0 || (close + 1 < text.Length && text[close + 1] != ':'))
            {
                return null;
            }

            host = text[1..close];
            portText = close + 1 < text.Length ? text[(close + 2)..] : null;
            if (!host.Contains(':', StringComparison.Ordinal))
            {
                return null;
            }
        }
        else if (text.Count(':') == 1)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            host = text[..colon];
            portText = text[(colon + 1)..];
        }

        int port = 0;
        if (portText is not null && !TryPort(portText, out port))
        {
            return null;
        }

        return IsIp(host) && IPAddress.TryParse(host, out IPAddress? ip) ? (ip, port) : null;
    }

    /// <summary>The BCL takes 1, 0x7f.1 and the like for addresses; only whole ones are meant here.</summary>
    private static bool IsIp(string host) => host.Contains(':', StringComparison.Ordinal)
        || (host.Count('.') == 3 && host.All(static c => char.IsAsciiDigit(c) || c == '.'));

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    private static (EntityAddressType Type, string Remainder) TakePrefix(string text, EntityAddressType fallback) => text switch
    {
        _ when text.StartsWith("v2:", StringComparison.Ordinal) => (EntityAddressType.Msgr2, text[3..]),
        _ when text.StartsWith("v1:", StringComparison.Ordinal) => (EntityAddressType.Legacy, text[3..]),
        _ when text.StartsWith("any:", StringComparison.Ordinal) => (EntityAddressType.Any, text[4..]),
        _ => (fallback, text),
    };

    private static CephConfigurationException Wrong(string token, string origin, string why) =>
        new($"{origin}: mon host '{token}' cannot be read: {why}");
}
