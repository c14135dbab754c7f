namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>Things of one kind, counted by how well they are.</summary>
internal sealed record CounterLevels(CounterGroup Ok, CounterGroup Warn, CounterGroup Critical);
