using System.CommandLine;
using System.Diagnostics;
using SockSort.Cli.Evaluation;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training;
using SockSort.Training.Evaluation.Report;
using Spectre.Console;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort train</c>: a folder of photos per sock becomes a model package.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder with one folder of photos per sock (class-google, class-mongo, ...); class-blank is the empty scene",
        Required = true,
        HelpName = "DIR",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where the model package goes; an older one is replaced when the new one is whole",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Same photos and seed make the same model on the same machine",
        DefaultValueFactory = _ => new TrainingOptions().Seed,
        HelpName = "N",
    };

    private static readonly Option<int?> Copies = new("--copies")
    {
        Description = "Changed copies of each photo, 1 to 1000; by default as many as make about 1200 pictures",
        HelpName = "N",
    };

    private static readonly Option<double> L2 = new("--l2")
    {
        Description = "Weight of the squared weights in the loss; higher carries further from the photos, lower fits them closer",
        DefaultValueFactory = _ => new TrainingOptions().L2,
        HelpName = "X",
    };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Cores to use, 1 to 64",
        DefaultValueFactory = _ => new TrainingOptions().Threads,
        HelpName = "N",
    };

    private static readonly Option<string> BackboneFile = new("--backbone")
    {
        Description = "ONNX file with input 'image' and output 'embedding'; by default the one that comes with the program",
        DefaultValueFactory = _ => Backbone.ShippedPath,
        HelpName = "FILE",
    };

    public static Command Create()
    {
        InRange(Copies, 1, 1000);
        InRange(Threads, 1, 64);
        Positive(L2);
        var command = new Command("train", "Learn socks from photos. Example: socksort train --data photos --out model.tar.gz")
        {
            Data, Out, Seed, Copies, L2, Threads, BackboneFile, TrainingRun.Report,
        };
        command.SetAction((line, cancel) => RunAsync(line, AnsiConsole.Console, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, IAnsiConsole console, CancellationToken cancel)
    {
        var (startedAt, clock) = (DateTimeOffset.Now, Stopwatch.StartNew());
        var folder = PhotoFolder.Read(line.GetRequiredValue(Data));
        foreach (var file in folder.Ignored)
            console.MarkupLineInterpolated($"[yellow]ignored[/] {file}: no photo by its name");
        var trainer = new HeadTrainer(OnnxModel.Read(line.GetRequiredValue(BackboneFile)), OptionsOf(line));
        var result = await TrainingView.ShowAsync(console, progress => Task.Run(() => trainer.Train(folder, progress, cancel), cancel));
        var path = line.GetRequiredValue(Out);
        result.Package.Write(path);
        TrainingTable.Write(console, result, path);
        if (line.GetValue(TrainingRun.Report) is { } report)
            ReportFolder.Write(report, new TrainingRun(folder, result, path, startedAt, clock.Elapsed).ToReport());
        return CommandLine.Done;
    }

    private static TrainingOptions OptionsOf(ParseResult line) => new()
    {
        Seed = line.GetValue(Seed),
        Copies = line.GetValue(Copies),
        L2 = line.GetValue(L2),
        Threads = line.GetValue(Threads),
    };

    private static void InRange<T>(Option<T> option, int low, int high) => option.Validators.Add(given =>
    {
        if (given.GetValueOrDefault<int?>() is { } value && (value < low || value > high))
            given.AddError($"{option.Name} {value} is out of range, expected {low} to {high}");
    });

    private static void Positive(Option<double> option) => option.Validators.Add(given =>
    {
        var value = given.GetValueOrDefault<double>();
        if (!(value is >= 1e-9 and <= 1000))
            given.AddError($"{option.Name} {value} is out of range, expected 1e-9 to 1000");
    });
}
