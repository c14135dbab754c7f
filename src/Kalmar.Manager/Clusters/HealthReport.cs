using System.Text.Json;

namespace Kalmar.Manager.Clusters;

/// <summary>What the monitors say of the cluster's health.</summary>
/// <param name="Status">The overall status.</param>
/// <param name="Checks">Raised checks, the worst first, then by code.</param>
public sealed record HealthReport(HealthSeverity Status, IReadOnlyList<HealthCheck> Checks)
{
    /// <summary>The overall status as Ceph writes it: HEALTH_OK, HEALTH_WARN, HEALTH_ERR.</summary>
    public string StatusText => Status.ToName();

    /// <summary>Writes the member <c>checks</c> as <c>ceph health detail --format json</c> has it.</summary>
    /// <param name="json">Stands in an object.</param>
    public void WriteChecks(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject("checks");
        foreach (HealthCheck check in Checks)
        {
            json.WriteStartObject(check.Code);
            json.WriteString("severity", check.Severity.ToName());
            json.WriteStartObject("summary");
            json.WriteString("message", check.Summary);
            json.WriteNumber("count", check.Count);
            json.WriteEndObject();
            json.WriteStartArray("detail");
            foreach (string line in check.Detail)
            {
                json.WriteStartObject();
                json.WriteString("message", line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("muted", check.Muted);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
