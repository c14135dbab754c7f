using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kalmar.Server.Endpoints.Calamari.OpenApi;

/// <summary>Says of each operation which role it needs, what stands in its address and body, with examples, and what else it may answer.</summary>
internal sealed partial class OperationDescriber : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Errors = new(StringComparer.Ordinal)
    {
        ["400"] = """{"pg_num":"must be 1 or more"}""",
        ["403"] = """{"detail":"You do not have permission to perform this action: it needs role read/write, and yours is readonly."}""",
        ["404"] = "\"Pool '99' not found\"",
        ["503"] = """{"detail":"OSD map of cluster 'ceph' is not known: no monitor answers"}""",
    };

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["fsid"] = "6f9e2c1a-3b4d-4e5f-8a90-112233445566",
        ["fqdn"] = "node1.example.org",
        ["pgid"] = "2.1f",
        ["command"] = "deep_scrub",
        ["path"] = "ceph/ceph-osd.0.log",
        ["device"] = "Maker_Model_SerialNumber",
        ["subvolume"] = "box",
        ["group"] = "team",
        ["snapshot"] = "monday",
    };

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        RequiredRole? required = metadata.OfType<RequiredRole>().LastOrDefault();
        string role = required?.Role is { } least ? $"Needs role {least.ToName()}." : "Needs no sign-in.";
        operation.Description = string.IsNullOrEmpty(operation.Description) ? role : $"{role} {operation.Description}";
        AddParameters(operation, context.Description.RelativePath ?? "");
        AddBody(operation, metadata.OfType<BodyExample>().LastOrDefault());
        operation.Responses ??= [];
        AddExample(operation, context);
        foreach ((string status, string example) in Errors)
        {
            if ((status is "400" && operation.RequestBody is null) || (status is "403" && required?.Role is null))
            {
                continue;
            }

            operation.Responses.TryAdd(status, new OpenApiResponse { Description = "Refused", Content = Json(JsonNode.Parse(example)) });
        }

        return Task.CompletedTask;
    }

    private static void AddParameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (string name in ParameterPattern().Matches(path).Select(m => m.Groups["name"].Value))
        {
            if (operation.Parameters.FirstOrDefault(p => p.Name == name) is OpenApiParameter known)
            {
                known.Example ??= JsonValue.Create(Examples.GetValueOrDefault(name, "1"));
                continue;
            }

            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create(Examples.GetValueOrDefault(name, "1")),
            });
        }
    }

    private static void AddBody(OpenApiOperation operation, BodyExample? example)
    {
        if (example?.Json is { } json)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Json(JsonNode.Parse(json)) };
        }
    }

    // Success answers show how they look; the 202 of every change is the same.
    private static void AddExample(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (operation.Responses!.TryGetValue("202", out IOpenApiResponse? accepted) && accepted.Content?.TryGetValue("application/json", out OpenApiMediaType? type) == true)
        {
            type.Example = JsonNode.Parse("""{"request_id":"0b8e6f0c-5d0e-4d3e-9a36-6c8f1f0c7a11"}""");
        }

        if (ResponseExamples.For(context.Description.RelativePath ?? "") is { } example
            && operation.Responses.TryGetValue("200", out IOpenApiResponse? ok) && ok.Content?.TryGetValue("application/json", out OpenApiMediaType? shown) == true)
        {
            shown.Example = JsonNode.Parse(example);
        }
    }

    private static Dictionary<string, OpenApiMediaType> Json(JsonNode? example) =>
        new(StringComparer.Ordinal) { ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchema(), Example = example } };

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex ParameterPattern();
}
