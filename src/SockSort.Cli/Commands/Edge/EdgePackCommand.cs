using System.CommandLine;
using SockSort.Cli.Bundles;
using SockSort.Cli.Output;
using SockSort.Cli.Run;

namespace SockSort.Cli.Commands.Edge;

/// <summary><c>socksort edge pack</c>: makes a bundle for a small machine.</summary>
internal static class EdgePackCommand
{
    private static readonly Option<string> Model = new("--model")
    {
        Description = "Model package (model.tar.gz)",
        Required = true,
        HelpName = "file",
    };

    private static readonly Option<string> Config = new("--config")
    {
        Description = "Configuration, as 'socksort run' takes it; its scripts are packed too, its secrets are not",
        Required = true,
        HelpName = "file",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The bundle, a zip file",
        DefaultValueFactory = _ => "bundle.zip",
        HelpName = "file",
    };

    private static readonly Option<string> Runtime = new Option<string>("--runtime")
    {
        Description = "System and processor of the small machine",
        DefaultValueFactory = _ => EdgeProgram.Here,
        HelpName = "runtime",
    }.AcceptOnlyFromAmong([.. EdgeProgram.Runtimes]);

    private static readonly Option<DirectoryInfo?> Program = new("--program")
    {
        Description = "Folder of a program that was published for that runtime; by default one is made from the sources",
        HelpName = "folder",
    };

    public static Command Create()
    {
        var pack = new Command("pack", """
            Packs program, model and configuration into one file for a small machine, where it needs no .NET.

            Example:
              socksort edge pack --model model.tar.gz --config socksort.yaml --out bundle.zip --runtime linux-arm64
            There:
              unzip bundle.zip -d socks && socks/run
            """)
        {
            Model, Config, Out, Runtime, Program,
        };
        pack.SetAction(RunAsync);
        return pack;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var console = line.InvocationConfiguration;
        var (path, runtime) = (line.GetRequiredValue(Config), line.GetRequiredValue(Runtime));
        var read = await RunConfigurations.ReadAsync(path, cancel);
        // The model is given here, so the file need not name one.
        var configuration = read.Configuration with { Model = line.GetRequiredValue(Model) };
        if (RunConfigurations.TellMistakes([.. read.Mistakes, .. configuration.MissingForRun()], console.Error))
            return ExitCode.WrongUsage;
        var bundled = BundledConfiguration.Of(path, await File.ReadAllTextAsync(path, cancel), configuration);
        var model = await ModelFile.ReadAsync(configuration.Model, cancel);
        var program = await ProgramAsync(line, runtime, cancel);
        var target = line.GetRequiredValue(Out);
        EdgeBundle.Write(target, runtime, program, configuration.Model, model.Labels, bundled);
        foreach (var left in bundled.LeftOut)
            console.Output.WriteLine($"not packed, set it there: {left}");
        console.Output.WriteLine($"{target}: {Sizes.Shown(new FileInfo(target).Length)} for {runtime}");
        console.Output.WriteLine($"there:  unzip {Path.GetFileName(target)} -d socks && socks/run");
        return ExitCode.Done;
    }

    private static async Task<string> ProgramAsync(ParseResult line, string runtime, CancellationToken cancel)
    {
        if (line.GetValue(Program) is not { } given)
        {
            line.InvocationConfiguration.Error.WriteLine($"making the program for {runtime} (minutes the first time)");
            return await EdgeProgram.PublishAsync(runtime, cancel);
        }
        var file = Path.Combine(given.FullName, EdgeProgram.FileOf(runtime));
        return File.Exists(file) ? given.FullName : throw new CommandException($"{file}: there is no program for {runtime} here");
    }
}
