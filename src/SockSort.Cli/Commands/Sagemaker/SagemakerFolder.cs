namespace SockSort.Cli.Commands.Sagemaker;

/// <summary>The folder that SageMaker mounts into a container. Source: "How Amazon SageMaker Provides Training Information".</summary>
/// <param name="root"><c>/opt/ml</c>, or what stands for it.</param>
internal sealed class SagemakerFolder(string root)
{
    /// <summary>Strings by name; the file may be absent.</summary>
    public string HyperParameters => Path.Combine(root, "input", "config", "hyperparameters.json");

    /// <summary>Where the package goes: SageMaker packs the folder and sends it to the bucket.</summary>
    public string Model => Path.Combine(root, "model", "model.tar.gz");

    public string Checkpoint => Path.Combine(root, "checkpoints", "socksort.checkpoint");

    /// <summary>Where the paths of a list start from; null where there is none.</summary>
    public string? PhotoRoot => Directory.Exists(Channel("train_lst")) ? Channel("train") : null;

    /// <summary>What to learn: the channel's record file or list where it has exactly one, else its class folders.</summary>
    /// <exception cref="IOException">There is no channel <c>train</c>.</exception>
    public string Photos()
    {
        if (!Directory.Exists(Channel("train")))
            throw new IOException($"{Channel("train")}: no such folder, expected the channel 'train' with class folders, a .rec or a .lst");
        return Only(Channel("train"), "*.rec") ?? Only(Channel("train_lst"), "*.lst") ?? Only(Channel("train"), "*.lst") ?? Channel("train");
    }

    /// <summary>SageMaker shows the first 1024 characters of it.</summary>
    public void WriteFailure(string reason)
    {
        var output = Directory.CreateDirectory(Path.Combine(root, "output")).FullName;
        File.WriteAllText(Path.Combine(output, "failure"), reason + "\n");
    }

    private string Channel(string name) => Path.Combine(root, "input", "data", name);

    private static string? Only(string folder, string pattern) =>
        Directory.Exists(folder) && Directory.GetFiles(folder, pattern) is [var only] ? only : null;
}
