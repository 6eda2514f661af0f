namespace SockSort.Edge.Cameras.Addresses;

/// <summary>User and password that are given apart from a camera's address. <c>ToString</c> never returns the password.</summary>
public sealed class CameraAccount(string? user, string? password)
{
    /// <summary>Plain text, not percent-encoded; null means that the one in the address is used.</summary>
    public string? User { get; } = user;

    /// <inheritdoc cref="User"/>
    public string? Password { get; } = password;

    public override string ToString() => User ?? "";
}
