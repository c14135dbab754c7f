namespace Kalmar.Whisper;

/// <summary><c>name{tag="value",…}</c>, which Carbon takes as well, as <c>name;tag=value</c>.</summary>
internal static class OpenMetricsName
{
    public static bool TryConvert(ReadOnlySpan<byte> name, out byte[] tagged)
    {
        tagged = [];
        int brace = name.IndexOf((byte)'{');
        if (brace <= 0)
        {
            return false;
        }

        List<byte> result = [.. name[..brace]];
        ReadOnlySpan<byte> rest = name[(brace + 1)..^1];
        while (!rest.IsEmpty)
        {
            int equals = rest.IndexOf("=\""u8);
            if (equals <= 0)
            {
                return false;
            }

            result.Add((byte)';');
            result.AddRange(rest[..equals]);
            result.Add((byte)'=');
            rest = rest[(equals + 2)..];
            int at = 0;
            while (at < rest.Length && rest[at] != (byte)'"')
            {
                if (rest[at] == (byte)'\\')
                {
                    at++;
                    if (at == rest.Length || rest[at] is not ((byte)'\\' or (byte)'"'))
                    {
                        return false;
                    }
                }

                if (rest[at] == (byte)';')
                {
                    return false;
                }

                result.Add(rest[at++]);
            }

            if (at == rest.Length || (at + 1 < rest.Length && rest[at + 1] != (byte)','))
            {
                return false;
            }

            rest = rest[Math.Min(rest.Length, at + 2)..];
        }

        tagged = [.. result];
        return true;
    }
}
