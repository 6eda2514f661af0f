using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary>The folder that SageMaker mounts into a container. Source: "How Amazon SageMaker Provides Training Information".</summary>
/// <param name="root"><c>/opt/ml</c>, or another folder in tests.</param>
internal sealed class SagemakerFolder(string root)
{
    /// <summary>The file of hyperparameters, which may not exist.</summary>
    public string HyperParameters => Path.Combine(root, "input", "config", "hyperparameters.json");

    /// <summary>The path of the package to write: SageMaker archives its folder and uploads it to the bucket.</summary>
    public string Model => Path.Combine(root, "model", "model.tar.gz");

    public string Checkpoint => Path.Combine(root, "checkpoints", "socksort.checkpoint");

    /// <summary>The training photos, and the root of a list's paths (null if they are not a list with another channel).</summary>
    /// <exception cref="CommandException">There is no channel <c>train</c>.</exception>
    public (string Photos, string? Root) Photos() =>
        Of("train")
            ?? throw new CommandException($"{Channel("train")}: no such folder, expected the channel 'train' with class "
            + "folders, a .rec or a .lst");

    /// <summary>The validation photos; null if there is no channel <c>validation</c>.</summary>
    public (string Photos, string? Root)? Validation() => Of("validation");

    /// <summary>Writes the failure file, of which SageMaker shows the first 1024 characters.</summary>
    public void WriteFailure(string reason)
    {
        var output = Directory.CreateDirectory(Path.Combine(root, "output")).FullName;
        File.WriteAllText(Path.Combine(output, "failure"), reason + "\n");
    }

    /// <summary>The channel's record file or list if it has exactly one, otherwise its class folders.</summary>
    private (string Photos, string? Root)? Of(string channel)
    {
        if (!Directory.Exists(Channel(channel)))
            return null;
        return Only(Channel(channel), "*.rec") is { } records ? (records, null)
            : Only(Channel(channel + "_lst"), "*.lst") is { } list ? (list, Channel(channel))
            : (Only(Channel(channel), "*.lst") ?? Channel(channel), null);
    }

    private string Channel(string name) => Path.Combine(root, "input", "data", name);

    private static string? Only(string folder, string pattern) =>
        Directory.Exists(folder) && Directory.GetFiles(folder, pattern) is [var only] ? only : null;
}
