using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Edge.Cameras;

namespace SockSort.Cli.Recognition;

/// <summary><c>--camera-name</c>.</summary>
internal static class CameraNameOption
{
    public static Option<string?> Create(string description, string helpName) => new("--camera-name")
    {
        Description = description,
        HelpName = helpName,
        Validators = { Check },
    };

    private static void Check(OptionResult name)
    {
        foreach (var token in name.Tokens.Where(token => token.Value.Trim().Length is 0 or > CameraName.MostCharacters))
            name.AddError($"{name.Option.Name} has {token.Value.Trim().Length} characters: give 1 to {CameraName.MostCharacters}");
    }
}
