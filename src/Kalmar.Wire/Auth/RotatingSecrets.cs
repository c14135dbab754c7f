namespace Kalmar.Wire.Auth;

/// <summary>
/// The secrets with which tickets for one service are sealed, Ceph's RotatingSecrets: u8 1, map of u64 id to ExpiringCryptoKey, u64 newest
/// id. There are three: the one before, the current one and the next, each kept for one lifetime of a ticket.
/// </summary>
/// <param name="Secrets">By ascending id.</param>
/// <param name="NewestId">The highest id that was ever given.</param>
public sealed record RotatingSecrets(IReadOnlyList<KeyValuePair<ulong, RotatingSecret>> Secrets, ulong NewestId) : IWireEncodable<RotatingSecrets>
{
    /// <summary>How many secrets a service has in normal life.</summary>
    public const int UsualCount = 3;

    /// <summary>No secrets yet.</summary>
    public static RotatingSecrets Empty { get; } = new([], 0);

    /// <summary>The secret under which new tickets are sealed: the second of three; null when there is none.</summary>
    public KeyValuePair<ulong, RotatingSecret>? Current => Secrets.Count switch
    {
        0 => null,
        1 => Secrets[0],
        _ => Secrets[1],
    };

    /// <summary>The secret with this id, or null.</summary>
    /// <param name="id">A ticket's secret id.</param>
    public RotatingSecret? Find(ulong id)
    {
        foreach ((ulong candidate, RotatingSecret secret) in Secrets)
        {
            if (candidate == id)
            {
                return secret;
            }
        }

        return null;
    }

    /// <summary>True when new secrets are to be fetched: there are fewer than three, or the current one has expired.</summary>
    /// <param name="now">The time now.</param>
    public bool NeedsRenewal(DateTimeOffset now) => Secrets.Count < UsualCount || Current!.Value.Value.Expires <= Utime.From(now);

    /// <inheritdoc/>
    public static RotatingSecrets Read(ref WireReader reader)
    {
        reader.ReadVersion("RotatingSecrets", 1);
        Dictionary<ulong, RotatingSecret> map = reader.ReadMap(
            static (ref WireReader r) => r.ReadU64(), static (ref WireReader r) => RotatingSecret.Read(ref r), 29);
        return new RotatingSecrets([.. map.OrderBy(p => p.Key)], reader.ReadU64());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        writer.WriteMap(Secrets, static (w, id) => w.WriteU64(id), static (w, s) => w.Write(s));
        writer.WriteU64(NewestId);
    }

    /// <inheritdoc/>
    public bool Equals(RotatingSecrets? other) => other is not null && NewestId == other.NewestId && Secrets.SequenceEqual(other.Secrets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NewestId, Secrets.Count);

    /// <summary>The ids; never the secrets.</summary>
    public override string ToString() => $"rotating secrets [{string.Join(' ', Secrets.Select(s => s.Key))}]";
}
