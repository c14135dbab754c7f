namespace Kalmar.Manager.Requests;

/// <summary>Who asks for a change.</summary>
/// <param name="Name">A user's name, <c>token:NAME</c>, or <c>kalmar</c>.</param>
/// <param name="Address">From where: an IP address; may be empty.</param>
public sealed record RequestActor(string Name, string Address);
