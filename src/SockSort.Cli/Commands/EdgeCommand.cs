using System.CommandLine;
using SockSort.Cli.Commands.Edge;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort edge</c>: what stands at the camera.</summary>
internal static class EdgeCommand
{
    public static Command Create() => new("edge", "What stands at the camera: recognises socks and tells of them.")
    {
        EdgeRunCommand.Create(), EdgeCamerasCommand.Create(), EdgePackCommand.Create(),
    };
}
