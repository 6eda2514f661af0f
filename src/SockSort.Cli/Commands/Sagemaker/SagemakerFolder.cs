using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Dataset.Photos;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary>The folder that SageMaker mounts into a container. Source: "How Amazon SageMaker Provides Training Information".</summary>
/// <param name="root"><c>/opt/ml</c>, or another folder in tests.</param>
internal sealed class SagemakerFolder(string root)
{
    // The name of the training channel in SageMaker's image classification, and in its script mode.
    private static readonly string[] TrainingChannels = ["train", "training"];

    private string ChannelsFile => Path.Combine(root, "input", "config", "inputdataconfig.json");

    /// <summary>The file of hyperparameters, which may not exist.</summary>
    public string HyperParameters => Path.Combine(root, "input", "config", "hyperparameters.json");

    /// <summary>The folder for the model's files: SageMaker archives it as model.tar.gz and uploads it to the bucket.</summary>
    public string Model => Path.Combine(root, "model");

    public string Checkpoint => Path.Combine(root, "checkpoints", "socksort.checkpoint");

    /// <summary>The training photos.</summary>
    /// <exception cref="CommandException">
    /// There is no channel <c>train</c> or <c>training</c>, or it is in pipe mode.
    /// </exception>
    public SagemakerChannel Photos() =>
        TrainingChannels.Select(Of).FirstOrDefault(channel => channel is not null)
            ?? throw new CommandException($"{Channel("train")}: no such folder, expected the channel 'train' (or 'training') with class "
            + "folders, .rec files, a .lst or an augmented manifest");

    /// <summary>The validation photos; null if there is no channel <c>validation</c>.</summary>
    /// <exception cref="CommandException">The channel is in pipe mode.</exception>
    public SagemakerChannel? Validation() => Of("validation");

    /// <summary>The photos for testing the finished model; null if there is no channel <c>test</c>.</summary>
    /// <exception cref="CommandException">The channel is in pipe mode.</exception>
    public SagemakerChannel? Test() => Of("test");

    /// <summary>Writes the failure file, of which SageMaker shows the first 1024 characters.</summary>
    public void WriteFailure(string reason)
    {
        var output = Directory.CreateDirectory(Path.Combine(root, "output")).FullName;
        File.WriteAllText(Path.Combine(output, "failure"), reason + "\n");
    }

    /// <summary>The channel's record files, list or manifest, otherwise its class folders.</summary>
    private SagemakerChannel? Of(string channel)
    {
        RequireFiles(channel);
        var folder = Channel(channel);
        if (!Directory.Exists(folder))
            return null;
        string[] records = [.. Directory.GetFiles(folder, "*.rec").Where(IsNotForAnother).Order(StringComparer.Ordinal)];
        if (records.Length > 0)
            return new SagemakerChannel(folder, records, Root: null);
        if (Only(folder, "*.manifest") is { } manifest)
            return new SagemakerChannel(folder, [manifest], Root: null);
        if (Only(folder, "*.jsonl") is { } lines)
            return new SagemakerChannel(folder, [lines], Root: null);
        return Only(Channel(channel + "_lst"), "*.lst") is { } list
            ? new SagemakerChannel(folder, [list], folder)
            : new SagemakerChannel(folder, [Only(folder, "*.lst") ?? folder], Root: null);

        // im2rec writes sock_train.rec and sock_val.rec side by side.
        bool IsNotForAnother(string file)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            return SplitNames.Of(name[(name.LastIndexOf('_') + 1)..]) is not { } split || split == (SplitNames.Of(channel) ?? split);
        }
    }

    /// <summary>Rejects pipe mode, which has named pipes instead of files, <c>train_0</c> for the first epoch.</summary>
    private void RequireFiles(string channel)
    {
        if (ModeOf(channel) == "Pipe" || File.Exists(Channel(channel + "_0")))
            throw new CommandException($"the channel '{channel}' comes in pipe mode, which is not read: set TrainingInputMode to File or "
                + "FastFile (input_mode of the SDK's Estimator)");
    }

    private string? ModeOf(string channel)
    {
        if (!File.Exists(ChannelsFile))
            return null;
        try
        {
            using var channels = JsonDocument.Parse(File.ReadAllBytes(ChannelsFile));
            return channels.RootElement.TryGetProperty(channel, out var told) && told.TryGetProperty("TrainingInputMode", out var mode)
                ? mode.GetString()
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CommandException($"{ChannelsFile}: no JSON object of channels ({error.Message})", error);
        }
    }

    private string Channel(string name) => Path.Combine(root, "input", "data", name);

    private static string? Only(string folder, string pattern) =>
        Directory.Exists(folder) && Directory.GetFiles(folder, pattern) is [var only] ? only : null;
}
