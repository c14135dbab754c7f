namespace Kalmar.Server.Endpoints.Calamari.Access;

/// <summary>The methods that one address of the API knows, with the role that each needs: what the header <c>Allow</c> is made of.</summary>
/// <param name="pattern">The address.</param>
internal sealed class ResourceMethods(string pattern)
{
    private readonly Dictionary<string, RequiredRole> _methods = new(StringComparer.Ordinal);

    /// <summary>The address's pattern.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>Every method with what it asks for.</summary>
    public IReadOnlyDictionary<string, RequiredRole> All => _methods;

    /// <summary>Adds a method while the endpoints are being mapped.</summary>
    public void Add(string method, RequiredRole role) => _methods.Add(method, role);

    /// <summary>What the header says to somebody who may read only, or everything.</summary>
    /// <param name="readOnly">True for a caller who may not write.</param>
    public string Allow(bool readOnly)
    {
        IEnumerable<string> methods = _methods.Keys.Where(m => !readOnly || m == "GET").Order(StringComparer.Ordinal);
        return string.Join(", ", methods.SelectMany<string, string>(m => m == "GET" ? ["GET", "HEAD"] : [m]).Append("OPTIONS"));
    }
}
