using System.CommandLine;
using System.Text;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Help;

/// <summary>What the commands' help says is reviewed as a whole: a change of it shows in a file.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. CommandList.All().Select(command => command.Name)];

    [Theory, MemberData(nameof(Commands))]
    public void The_help_of_a_command_is_as_it_was_reviewed(string name)
    {
        var text = new StringBuilder();

        Describe(CommandList.All().Single(command => command.Name == name), "socksort", text);

        Snapshot.Matches($"tests/SockSort.Cli.Tests/Help/{name}.txt", text.ToString());
    }

    /// <summary>Not as it is printed, whose breaks are the terminal's, and without defaults, of which some are the machine's.</summary>
    private static void Describe(Command command, string parents, StringBuilder text)
    {
        var path = $"{parents} {command.Name}";
        _ = text.Append($"{path}\n{Indented(command.Description ?? "")}\n");
        foreach (var argument in command.Arguments)
            _ = text.Append($"  {argument.Name}\n{Indented(Words(argument.Description, isRequired: false), 6)}\n");
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Prepend(option.Name));
            var value = option.HelpName is null ? "" : $" <{option.HelpName}>";
            _ = text.Append($"  {names}{value}\n{Indented(Words(option.Description, option.Required), 6)}\n");
        }
        _ = text.Append('\n');
        foreach (var nested in command.Subcommands)
            Describe(nested, path, text);
    }

    private static string Words(string? description, bool isRequired) => isRequired ? $"{description} (required)" : description ?? "";

    private static string Indented(string text, int columns = 2) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => (new string(' ', columns) + line).TrimEnd()));
}
