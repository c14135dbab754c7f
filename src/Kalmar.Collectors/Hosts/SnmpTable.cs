namespace Kalmar.Collectors.Hosts;

/// <summary>Reads <c>/proc/net/snmp</c> and <c>/proc/net/netstat</c>: pairs of lines, the names and then the values, both begun by the protocol.</summary>
internal static class SnmpTable
{
    /// <exception cref="CollectorException">The file cannot be read, or has no such protocol.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Read(ProcFileSystem proc, string path, string protocol)
    {
        string[][] lines = [.. proc.ReadFields(path).Where(fields => fields[0] == protocol).Take(2)];
        if (lines is not [var names, var values])
        {
            throw new CollectorException($"net/{Path.GetFileName(path)} has no lines for '{protocol}'");
        }

        return names.Zip(values).Skip(1).Select(pair => new KeyValuePair<string, string>(pair.First, pair.Second));
    }
}
