using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Models.Versions;
using SockSort.Training.Evaluation;
using Spectre.Console;

namespace SockSort.Cli.Teach;

/// <summary>A model that was trained with what was taught, beside the one in use until it takes its place.</summary>
internal sealed class TaughtModel : IDisposable
{
    private const int FewestClasses = 2;

    private readonly ModelVersions _versions;
    private readonly string _staged;

    private TaughtModel(ModelVersions versions, string staged, PackageFile trained) =>
        (_versions, _staged, Trained) = (versions, staged, trained);

    /// <summary>The new model.</summary>
    public PackageFile Trained { get; }

    /// <summary>Checks that there is something to tell apart.</summary>
    /// <exception cref="CommandException">There is one sock alone.</exception>
    public static async Task RequireSocksAsync(string photos, CancellationToken cancel)
    {
        using var set = await PhotoSet.OpenAsync(photos, root: null, cancel);
        if (set.Classes.Count < FewestClasses)
            throw new CommandException(
                $"{photos} holds {set.Classes[0].Label} alone: teach another sock, or 'blank', then a model can tell them apart");
    }

    /// <summary>Trains in a process of its own.</summary>
    /// <param name="photos">The folder of class folders.</param>
    /// <param name="versions">Those of the model that is to learn.</param>
    /// <param name="more">More arguments of <c>socksort train</c>.</param>
    /// <param name="output">Receives its lines.</param>
    /// <exception cref="CommandException">The training has failed; the message is its own.</exception>
    public static async Task<TaughtModel> TrainAsync(
        string photos, ModelVersions versions, IReadOnlyList<string> more, TextWriter output, CancellationToken cancel)
    {
        var staged = versions.Model + ".taught";
        try
        {
            await TrainingProcess.RunAsync(Consoles.For(output), ["train", "--data", photos, "--out", staged, .. more], cancel);
            return new TaughtModel(versions, staged, PackageFile.Read(staged));
        }
        catch
        {
            Remove(staged);
            throw;
        }
    }

    /// <summary>What the model in use says of pictures beside what this one says; null where none is in use.</summary>
    /// <param name="photos">The folder of class folders.</param>
    /// <param name="judging">Shows the progress.</param>
    public async Task<ModelDifference?> CompareAsync(string photos, ModelJudging judging, CancellationToken cancel)
    {
        if (!File.Exists(_versions.Model))
            return null;
        var before = _versions.ReadInUse();
        return new ModelDifference(before.Version, Trained.Version, new ModelComparison(
            await judging.JudgeAsync(photos, before.Package, cancel), await judging.JudgeAsync(photos, Trained.Package, cancel)));
    }

    /// <summary>Tells what has changed, and that the pictures are those that the new model has learnt from.</summary>
    public static void Write(ModelDifference difference, IAnsiConsole console)
    {
        console.WriteLine(
            "both asked about the photos that the new model learnt from, so it tells fewer of other pictures than it says here:");
        difference.Write(console);
    }

    /// <summary>Takes the place of the model in use, in one step; a camera that runs takes it between two frames.</summary>
    /// <param name="model">What the user calls the model's file.</param>
    /// <returns>Which version is in use, and how it is taken back, in words that follow a name.</returns>
    public string Use(string model)
    {
        var back = _versions.Use(Trained) is null ? "" : $"; 'socksort model rollback --model {model}' takes it back";
        return $"version {Trained.Version} is in use now{back}";
    }

    /// <summary>Throws away what has not taken the model's place.</summary>
    public void Dispose() => Remove(_staged);

    private static void Remove(string staged)
    {
        File.Delete(staged);
        if (Directory.Exists(staged + ".versions"))
            Directory.Delete(staged + ".versions", recursive: true);
    }
}
