using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Mqtt.Broker;
using Spectre.Console;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort mqtt-passwd</c>: edits a broker's password file in the format of <c>mosquitto_passwd</c>.</summary>
internal static class MqttPasswdCommand
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "Password file; made where it is not there" };
    private static readonly Argument<string> User = new("NAME") { Description = "The user; one that is there gets another password" };
    private static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description = "File whose first line is the password; without it the password is asked for, or read from the standard input",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("mqtt-passwd", """
            Adds a user to the password file of a broker ('server --mqtt-users', Mosquitto), or changes its password.

            Example:
              socksort mqtt-passwd mqtt.users camera
              socksort server --mqtt-listen 0.0.0.0 --mqtt-users mqtt.users
            """)
        { File, User, PasswordFile };
        command.SetAction(line =>
        {
            var (file, user) = (line.GetRequiredValue(File), line.GetRequiredValue(User));
            BrokerUsers.Set(file.FullName, user, PasswordOf(line, user));
            line.InvocationConfiguration.Output.WriteLine($"{file}: user '{user}' is set; a broker that runs takes it at the next login");
            return ExitCode.Done;
        });
        return command;
    }

    private static string PasswordOf(ParseResult line, string user)
    {
        if (line.GetValue(PasswordFile) is { } file)
            return Output.PasswordFile.Read(file, "")!;
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? "";
        return AnsiConsole.Prompt(new TextPrompt<string>($"Password of '{user}':").Secret(null));
    }
}
