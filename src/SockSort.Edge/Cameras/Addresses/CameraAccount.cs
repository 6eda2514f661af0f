namespace SockSort.Edge.Cameras.Addresses;

/// <summary>User and password that are known from elsewhere than a camera's address. Its text never holds the password.</summary>
public sealed class CameraAccount(string? user, string? password)
{
    /// <summary>Not encoded; null takes the one in the address.</summary>
    public string? User { get; } = user;

    /// <inheritdoc cref="User"/>
    public string? Password { get; } = password;

    public override string ToString() => User ?? "";
}
