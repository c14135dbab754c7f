using Kalmar.Wire;

namespace Kalmar.Server.Views;

/// <summary>Addresses as a table shows them.</summary>
internal static class Addresses
{
    /// <summary>Address and port, those of messenger 2 when there are both; empty when there is none.</summary>
    public static string Of(EntityAddressVector addresses) => (addresses.Msgr2 ?? addresses.Legacy)?.EndPoint?.ToString() ?? "";
}
