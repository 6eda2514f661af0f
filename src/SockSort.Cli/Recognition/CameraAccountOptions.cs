using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Edge.Cameras.Addresses;

namespace SockSort.Cli.Recognition;

/// <summary>
/// How a command is told a network camera's user and password apart from its address, in which every user of the machine could read them.
/// </summary>
internal static class CameraAccountOptions
{
    private const string PasswordVariable = "SOCKSORT_CAMERA_PASSWORD";

    public static Option<string?> User { get; } = new("--camera-user")
    {
        Description =
            $"User of a network camera; the password comes from the environment variable {PasswordVariable} or --camera-password-file, "
            + "not from the address, which 'ps' shows; {user} and {password} in the address's path or query are filled in",
        HelpName = "user",
    };

    public static Option<FileInfo?> PasswordPath { get; } = new("--camera-password-file")
    {
        Description = "File whose first line is the camera's password",
        HelpName = "file",
    };

    /// <returns>Null where nothing was given for this camera.</returns>
    /// <exception cref="CommandException">The file cannot be read, or its first line is empty.</exception>
    public static CameraAccount? Of(ParseResult line, string camera)
    {
        var (user, file) = (line.GetValue(User), line.GetValue(PasswordPath));
        if (user is not null || file is not null)
            return new CameraAccount(user, PasswordFile.Read(file, PasswordVariable));
        // The variable may be meant for another camera: alone it only fills in what the address leaves open.
        var isOpen = CameraAddress.IsAddress(camera) && IsOpen(CameraAddress.Parse(camera));
        return isOpen && PasswordFile.Read(file: null, PasswordVariable) is { } password ? new CameraAccount(user: null, password) : null;
    }

    private static bool IsOpen(CameraAddress address) =>
        address is { User: not null, Password: null } || address.Tail.Contains("{password}", StringComparison.Ordinal);
}
