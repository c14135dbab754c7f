namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A daemon on a host.</summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Type"><c>osd</c>, <c>mon</c>, <c>mgr</c>, <c>mds</c>, or the name of a service.</param>
/// <param name="Id">Its id.</param>
/// <param name="Running">By the maps.</param>
internal sealed record ServerServiceResource(string Fsid, string Type, string Id, bool Running);
