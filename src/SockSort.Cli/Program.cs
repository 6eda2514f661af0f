using System.CommandLine;
using SockSort.Cli;
using SockSort.Cli.Commands;

var root = new RootCommand("Teaches a camera to tell socks apart, and says when there is a pair.");
foreach (var command in CommandList.All())
    root.Subcommands.Add(command);
return await CommandLine.RunAsync(root, Im2RecCommand.Normalize(args));
