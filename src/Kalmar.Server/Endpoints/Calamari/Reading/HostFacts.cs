using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Facts of a host under the names that salt gave them (grains).</summary>
internal static class HostFacts
{
    private const long BytesInMb = 1 << 20;

    /// <summary>This machine.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Here() => new Dictionary<string, JsonElement>(StringComparer.Ordinal)
    {
        ["fqdn"] = Text(Environment.MachineName),
        ["host"] = Text(Environment.MachineName.Split('.')[0]),
        ["lsb_distrib_description"] = Text(RuntimeInformation.OSDescription),
        ["osarch"] = Text(RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()),
        ["kernelrelease"] = Text(Environment.OSVersion.Version.ToString()),
        ["num_cpus"] = Number(Environment.ProcessorCount),
        ["mem_total"] = Number(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesInMb),
    };

    /// <summary>Another host, by its daemons' word; null when none is known. What no daemon tells (salt's version, CPU flags) is left out.</summary>
    public static IReadOnlyDictionary<string, JsonElement>? Of(IClusterDirectory clusters, string fqdn)
    {
        if (ServerReader.Facts(clusters, fqdn) is not { } facts)
        {
            return null;
        }

        Dictionary<string, JsonElement> grains = new(StringComparer.Ordinal) { ["fqdn"] = Text(fqdn), ["host"] = Text(fqdn.Split('.')[0]) };
        Copy("distro_description", "lsb_distrib_description");
        Copy("distro", "os");
        Copy("distro_version", "osrelease");
        Copy("arch", "osarch");
        Copy("kernel_version", "kernelrelease");
        Copy("cpu", "cpu_model");
        if (facts.TryGetValue("mem_total_kb", out string? kb) && long.TryParse(kb, CultureInfo.InvariantCulture, out long memory))
        {
            grains["mem_total"] = Number(memory / 1024);
        }

        return grains;

        void Copy(string from, string to)
        {
            if (facts.TryGetValue(from, out string? value) && value.Length > 0)
            {
                grains[to] = Text(value);
            }
        }
    }

    private static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value, TextJson.Default.String);

    private static JsonElement Number(long value) => JsonSerializer.SerializeToElement(value, TextJson.Default.Int64);
}
