using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using SockSort.Cli.Commands.Train;
using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Dataset.Storage;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Versions;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.Trainer;
using Spectre.Console;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort train</c>: trains a model package from a folder of photos for each sock.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description =
            "Folder with one folder of photos per sock (class-google, class-mongo, ...; class-blank is the empty scene), a .lst "
                + "or a .rec; here or s3://",
        Required = true,
        HelpName = "PATH",
    };

    private static readonly Option<string?> Root = new("--root")
    {
        Description = "Folder that the paths of a .lst start from; by default the one that it lies in",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Validation = new("--validation")
    {
        Description =
            "Pictures that judge the model and are not learnt from: class folders, a .lst, a .rec, or frames with "
                + "labels.csv; here or s3://",
        HelpName = "PATH",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where the model package goes, here or s3://; an older one is replaced when the new one is whole, and kept as a "
            + "version beside it",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<string?> ClassNames = ClassNamesOption.Create();

    private static readonly Option<string> BackboneFile = new("--backbone")
    {
        Description = "ONNX file with input 'image' and output 'embedding'; by default the one that comes with the program",
        DefaultValueFactory = _ => Backbone.ShippedPath,
        HelpName = "FILE",
    };

    private static readonly Option<string?> Report = ReportOption.Create();

    public static Command Create()
    {
        var command = new Command("train", "Learn socks from photos. Example: socksort train --data photos --out model.tar.gz")
        {
            Data, Root, ClassNames, Validation, Out, BackboneFile, Report,
        };
        RecipeOptions.AddTo(command);
        command.Validators.Add(line =>
        {
            if (line.GetResult(Validation) is not null && line.GetResult("--validation-split") is OptionResult { Implicit: false })
                line.AddError("--validation and --validation-split both say what the model is judged by: give one of them");
        });
        command.SetAction((line, cancel) => RunAsync(line, AnsiConsole.Console, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, IAnsiConsole console, CancellationToken cancel)
    {
        var (startedAt, clock) = (DateTimeOffset.Now, Stopwatch.StartNew());
        OutputPlace.RequireFile(line.GetRequiredValue(Out));
        OutputPlace.RequireFolder(line.GetValue(Report));
        using var package = StagedPath.Open(line.GetRequiredValue(Out));
        using var backbone = await StagedPath.FetchedAsync(line.GetRequiredValue(BackboneFile), cancel);
        var names = await ClassNamesOption.ReadAsync(line.GetValue(ClassNames), cancel);
        using var photos = await PhotoSet.OpenAsync(line.GetRequiredValue(Data), line.GetValue(Root), names, cancel);
        using var validation = line.GetValue(Validation) is { } path
            ? await EvaluationSet.OpenAsync(path, line.GetValue(Root), labels: null, photos.LabelsByNumber(), names, cancel)
            : null;
        foreach (var ignored in (string[])[.. photos.Ignored, .. validation?.Ignored ?? []])
            console.MarkupLineInterpolated($"[yellow]ignored[/] {ignored}");
        if (!photos.Classes[0].IsNamed)
            console.MarkupLineInterpolated(
                $"[yellow]numbers only[/] classes and messages will say {photos.Classes[0].Label}, ...; --class-names FILE gives names");
        var trainer = new SockTrainer(OnnxModel.Read(backbone.LocalPath), RecipeOptions.Of(line))
        {
            CheckpointPath = CheckpointOf(line.GetRequiredValue(Out)),
            Validation = validation,
        };
        var result = await TrainingView.ShowAsync(console, progress => Task.Run(() => trainer.Train(photos, progress, cancel), cancel));
        var replaced = Write(result.Package, line.GetRequiredValue(Out), package);
        await package.PublishAsync(cancel);
        trainer.RemoveCheckpoint();
        TrainingTable.Write(console, result, line.GetRequiredValue(Out));
        if (replaced is not null)
            console.WriteLine($"version {replaced.Version}, which it replaces, is kept: 'socksort model rollback' puts it back");
        if (line.GetValue(Report) is { } report)
            ReportFolder.Write(
                report, new TrainingRun(photos, validation, result, line.GetRequiredValue(Out), startedAt, clock.Elapsed).ToReport());
        return ExitCode.Done;
    }

    /// <summary>Keeps the version that is replaced, beside the file; a bucket has versions of its own.</summary>
    private static PackageFile? Write(ModelPackage made, string path, StagedPath target)
    {
        if (StorageLocation.LooksLikeS3(path))
        {
            made.Write(target.LocalPath);
            return null;
        }
        var versions = new ModelVersions(path);
        return versions.Replace(() => made.Write(versions.Model));
    }

    /// <summary>The checkpoint's path: beside the package, or in the working folder if the package goes to a bucket.</summary>
    private static string CheckpointOf(string package)
    {
        var location = StorageLocation.Parse(package);
        return (location.IsS3 ? location.Split().Name : package) + ".checkpoint";
    }
}
