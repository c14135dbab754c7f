using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Wire;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>A change that somebody asks for: what the address and the body say, and the newest snapshot that it is checked against.</summary>
/// <param name="context">The request.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="body">What was sent.</param>
internal sealed class Change(HttpContext context, ClusterSnapshot cluster, JsonBody body)
{
    /// <summary>The cluster.</summary>
    public ClusterSnapshot Cluster { get; } = cluster;

    /// <summary>What was sent; read every field, then <see cref="Checked"/>.</summary>
    public JsonBody Body { get; } = body;

    /// <summary>Ends with the request.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Asks the cluster.</summary>
    public IClusterQuestions Questions => (IClusterQuestions)context.RequestServices.GetService(typeof(IClusterQuestions))!;

    /// <summary>How this server behaves.</summary>
    public KalmarServerOptions Server => (KalmarServerOptions)context.RequestServices.GetService(typeof(KalmarServerOptions))!;

    /// <summary>The snapshot, when no field was wrong or unknown.</summary>
    /// <exception cref="ApiException">400 that names every wrong field.</exception>
    public ClusterSnapshot Checked()
    {
        Body.Check();
        return Cluster;
    }

    /// <summary>A part of the address.</summary>
    public string Text(string name) => context.Route(name);

    /// <summary>A number in the address.</summary>
    public int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

    /// <summary>The pool in the address.</summary>
    public PoolId Pool(string name = "id") => new(long.Parse(Text(name), CultureInfo.InvariantCulture));

    /// <summary>The OSD in the address.</summary>
    public OsdId Osd() => new(Number("id"));

    /// <summary>A word of the query; null when it is not there.</summary>
    public string? Query(string name) => context.Request.Query[name];

    /// <summary>Notes a problem when a field of any kind is not there.</summary>
    /// <returns>Whether it is.</returns>
    public bool IsThere(string field)
    {
        if (Body.Has(field))
        {
            return true;
        }

        Body.Problem(field, "This field is required");
        return false;
    }

    /// <summary>A text that must be there.</summary>
    public string Need(string field)
    {
        string? text = Body.Text(field);
        if (string.IsNullOrWhiteSpace(text))
        {
            Body.Problem(field, "This field is required");
        }

        return text ?? "";
    }

    /// <summary>An object of texts; numbers and truths are taken as they are written. Null when it is not there.</summary>
    public Dictionary<string, string>? Texts(string field)
    {
        if (!Body.Has(field))
        {
            return null;
        }

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        System.Text.Json.JsonElement value = Body.Root.GetProperty(field);
        if (value.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            Body.Problem(field, "must be an object of texts");
            return texts;
        }

        foreach (System.Text.Json.JsonProperty member in value.EnumerateObject())
        {
            if (member.Value.ValueKind is System.Text.Json.JsonValueKind.Object or System.Text.Json.JsonValueKind.Array or System.Text.Json.JsonValueKind.Null)
            {
                Body.Problem($"{field}.{member.Name}", "must be a text or a number");
            }
            else
            {
                texts[member.Name] = member.Value.ValueKind switch
                {
                    System.Text.Json.JsonValueKind.True => "true",
                    System.Text.Json.JsonValueKind.False => "false",
                    _ => member.Value.ToString(),
                };
            }
        }

        return texts;
    }
}
