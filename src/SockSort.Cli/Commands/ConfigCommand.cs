using System.CommandLine;
using SockSort.Host.Configuration;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort config …</c>: helps to write the configuration of <c>socksort run</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create() =>
        new("config", "The configuration file of 'socksort run'.\n\nExample:\n  socksort config example > socksort.yaml") { Example() };

    private static Command Example()
    {
        var command = new Command("example", """
            Prints a configuration file with every key, what it does and its default.

            Example:
              socksort config example > socksort.yaml
            """);
        command.SetAction(line => line.InvocationConfiguration.Output.Write(ConfigurationExample.Text));
        return command;
    }
}
