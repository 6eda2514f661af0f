using System.CommandLine;
using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Dataset.Storage;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training;
using SockSort.Training.Evaluation;
using SockSort.Training.Trainer;
using Spectre.Console;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary><c>socksort sagemaker train</c>: the entry point of a SageMaker training container.</summary>
internal static class SagemakerTrainCommand
{
    private static readonly Option<string> Root = new("--root")
    {
        Description = "Folder that SageMaker mounts",
        DefaultValueFactory = _ => "/opt/ml",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("train", """
            Trains as a SageMaker container: reads input/config/hyperparameters.json and the channel input/data/train or training (class
            folders, .rec files, a .lst or an augmented manifest), judges by the channel validation and tries the model on the channel test
            where there are such, writes model.onnx, labels.txt and model.json to model (SageMaker packs them as model.tar.gz), and the
            reason of a failure to output/failure, all below /opt/ml.

            Example:
              socksort sagemaker train
            """)
        { Root };
        command.SetAction((line, cancel) => RunAsync(new SagemakerFolder(line.GetRequiredValue(Root)), AnsiConsole.Console, cancel));
        return command;
    }

    private static async Task<int> RunAsync(SagemakerFolder folder, IAnsiConsole console, CancellationToken cancel)
    {
        try
        {
            await TrainAsync(folder, console, cancel);
            return ExitCode.Done;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ReportFailure(folder, error, console);
            throw;
        }
    }

    /// <summary>Writes the failure file; if that fails too, its error is printed in addition, not instead.</summary>
    private static void ReportFailure(SagemakerFolder folder, Exception failure, IAnsiConsole console)
    {
        try
        {
            folder.WriteFailure(failure.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[yellow]not written[/] output/failure: {error.Message}");
        }
    }

    private static async Task TrainAsync(SagemakerFolder folder, IAnsiConsole console, CancellationToken cancel)
    {
        var (options, unused, notes) = HyperParameters.Read(folder.HyperParameters);
        foreach (var note in notes)
            console.MarkupLineInterpolated($"[yellow]translated[/] {note}");
        foreach (var name in unused)
            console.MarkupLineInterpolated($"[yellow]not used[/] hyperparameter {name}: SockSort's recipe has nothing like it");
        OutputPlace.RequireFolder(folder.Model);
        var (taught, judging, tested) = (folder.Photos(), folder.Validation(), folder.Test());
        using var photos = await taught.OpenAsync(cancel);
        using var test = tested is null ? null : await OpenToJudgeAsync(tested, photos, cancel);
        using var validation = judging is null ? null : await OpenValidationAsync(judging, photos, options, cancel);
        foreach (var ignored in (string[])[.. photos.Ignored, .. validation?.Ignored ?? [], .. test?.Ignored ?? []])
            console.MarkupLineInterpolated($"[yellow]ignored[/] {ignored}");
        // SageMaker saves the folder of checkpoints when it interrupts a spot instance, and restores it afterwards.
        var trainer = new SockTrainer(OnnxModel.Read(Backbone.ShippedPath), options)
        {
            CheckpointPath = folder.Checkpoint,
            Validation = validation,
        };
        var result = await TrainingView.ShowAsync(console, progress => Task.Run(() => trainer.Train(photos, progress, cancel), cancel));
        // Files instead of a package, because SageMaker archives the folder itself.
        result.Package.WriteFiles(folder.Model);
        trainer.RemoveCheckpoint();
        TrainingTable.Write(console, result, folder.Model);
        if (test is null)
            return;
        var (tried, _) = new Evaluator(result.Package, options.Threads).Evaluate(test, done: null, cancel);
        console.WriteLine($"channel test: {EvaluationTable.SummaryOf(tried)}");
    }

    private static Task<EvaluationSet> OpenValidationAsync(
        SagemakerChannel channel, PhotoSet photos, TrainingOptions options, CancellationToken cancel) =>
        options.ValidationSplit == 0
            ? OpenToJudgeAsync(channel, photos, cancel)
            : throw new CommandException("there is a channel 'validation' and a hyperparameter 'validation_split': both say what the model "
                + "is judged by, give one of them");

    private static async Task<EvaluationSet> OpenToJudgeAsync(SagemakerChannel channel, PhotoSet photos, CancellationToken cancel)
    {
        if (channel.Sources.Count > 1)
            return EvaluationSet.Of(await channel.OpenAsync(cancel), photos.LabelsByNumber());
        return await EvaluationSet.OpenAsync(
            channel.Sources[0], channel.Root, labels: null, photos.LabelsByNumber(), names: null, cancel);
    }
}
