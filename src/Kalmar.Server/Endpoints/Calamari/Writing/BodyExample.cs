namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>A body as an example, for the OpenAPI document.</summary>
/// <param name="Json">The body; null when none is sent.</param>
internal sealed record BodyExample(string? Json);
