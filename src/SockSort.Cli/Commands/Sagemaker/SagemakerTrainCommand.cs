using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training;
using SockSort.Training.Evaluation;
using SockSort.Training.Trainer;
using Spectre.Console;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary><c>socksort sagemaker train</c>: what SageMaker starts in a training container.</summary>
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
            Trains as a SageMaker container: reads input/config/hyperparameters.json and the channel input/data/train (class folders, a .rec
            or a .lst), judges by the channel input/data/validation where there is one, writes model.tar.gz to model, and the reason of a
            failure to output/failure, all below /opt/ml.

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
            TellFailure(folder, error, console);
            throw;
        }
    }

    /// <summary>That the reason cannot be written is said beside it, not in its place.</summary>
    private static void TellFailure(SagemakerFolder folder, Exception failure, IAnsiConsole console)
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
        var (options, unused) = HyperParameters.Read(folder.HyperParameters);
        foreach (var name in unused)
            console.MarkupLineInterpolated($"[yellow]not used[/] hyperparameter {name}: SockSort's recipe has nothing like it");
        using var photos = await OpenAsync(folder.Photos(), cancel);
        using var validation = folder.Validation() is { } channel ? await OpenValidationAsync(channel, photos, options, cancel) : null;
        foreach (var ignored in (string[])[.. photos.Ignored, .. validation?.Ignored ?? []])
            console.MarkupLineInterpolated($"[yellow]ignored[/] {ignored}");
        // SageMaker keeps what is in its folder of checkpoints when it takes a spot machine away, and gives it back.
        var trainer = new SockTrainer(OnnxModel.Read(Backbone.ShippedPath), options)
        {
            CheckpointPath = folder.Checkpoint,
            Validation = validation,
        };
        var result = await TrainingView.ShowAsync(console, progress => Task.Run(() => trainer.Train(photos, progress, cancel), cancel));
        result.Package.Write(folder.Model);
        trainer.RemoveCheckpoint();
        TrainingTable.Write(console, result, folder.Model);
    }

    private static Task<PhotoSet> OpenAsync((string Photos, string? Root) channel, CancellationToken cancel) =>
        PhotoSet.OpenAsync(channel.Photos, channel.Root, cancel);

    private static Task<EvaluationSet> OpenValidationAsync(
        (string Photos, string? Root) channel, PhotoSet photos, TrainingOptions options, CancellationToken cancel) =>
        options.ValidationSplit == 0
            ? EvaluationSet.OpenAsync(channel.Photos, channel.Root, labels: null, photos.LabelsByNumber(), names: null, cancel)
            : throw new IOException("there is a channel 'validation' and a hyperparameter 'validation_split': both say what the model is "
            + "judged by, give one of them");
}
