using System.Net;
using System.Net.Sockets;

namespace Kalmar.Server.Security;

/// <summary>
/// Slows guessing down. A name, known or not, has 3 free failures, then waits 1, 2, 4 … 30 s after each, and is locked for 5 minutes
/// at the tenth; an address (IPv6: its /64) has 20 free failures and is locked at the fiftieth. Loopback addresses are not counted:
/// a reverse proxy would lock everybody out. Sessions that exist go on. Thread-safe; forgotten by a restart.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan LockFor = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly FailureTable _names = new(free: 3, lockAt: 10, LockFor, Capacity);
    private readonly FailureTable _addresses = new(free: 20, lockAt: 50, LockFor, Capacity);

    /// <summary>
    /// Asks for an attempt. When it may go on it counts as failed from now, so that attempts side by side do not slip through;
    /// <see cref="Succeeded"/> takes that back.
    /// </summary>
    /// <returns>How long to wait; zero when the attempt may go on.</returns>
    public TimeSpan Begin(string name, IPAddress? address)
    {
        DateTimeOffset now = time.GetUtcNow();
        string nameKey = NameKey(name);
        string? addressKey = AddressKey(address);
        lock (_lock)
        {
            TimeSpan wait = _names.Wait(nameKey, now);
            if (addressKey is not null && _addresses.Wait(addressKey, now) is var other && other > wait)
            {
                wait = other;
            }

            if (wait == TimeSpan.Zero)
            {
                _names.Add(nameKey, now);
                if (addressKey is not null)
                {
                    _addresses.Add(addressKey, now);
                }
            }

            return wait;
        }
    }

    /// <summary>The attempt was right: the name starts afresh.</summary>
    public void Succeeded(string name, IPAddress? address)
    {
        lock (_lock)
        {
            _names.Clear(NameKey(name));
            if (AddressKey(address) is { } key)
            {
                _addresses.Undo(key);
            }
        }
    }

    /// <summary>The attempt was not looked at after all: it does not count.</summary>
    public void Withdraw(string name, IPAddress? address)
    {
        lock (_lock)
        {
            _names.Undo(NameKey(name));
            if (AddressKey(address) is { } key)
            {
                _addresses.Undo(key);
            }
        }
    }

    /// <summary>True once for each lock of a name: the first refusal since its newest failure.</summary>
    public bool NoteOnce(string name)
    {
        lock (_lock)
        {
            return _names.NoteOnce(NameKey(name));
        }
    }

    private static string NameKey(string name) => name.Trim().ToUpperInvariant();

    private static string? AddressKey(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
