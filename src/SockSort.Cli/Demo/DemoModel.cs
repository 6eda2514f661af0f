using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SockSort.Cli.Output;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Synthetic;
using SockSort.Models;
using SockSort.Models.Package;
using SockSort.Training;
using SockSort.Training.Trainer;
using Spectre.Console;

namespace SockSort.Cli.Demo;

/// <summary>
/// The demo's model: trained at the first run, then kept in the data folder as long as the photos stay the same.
/// </summary>
internal sealed class DemoModel(DemoOptions options, IAnsiConsole console)
{
    /// <summary>The number of classes of the synthetic set, which has 48 photos in all.</summary>
    public const int SyntheticClasses = SockDesigns.UsualClasses;
    private const int SyntheticPerClass = 6;

    // Fewer steps than usual, so that the demo starts within a minute.
    private const int Steps = 30;

    private readonly string _folder = Path.Combine(options.Data, "demo");

    /// <summary>Seconds spent on training; 0 if the model existed.</summary>
    public double TrainSeconds { get; private set; }

    /// <exception cref="PhotoSetException">The photos are not suitable for training.</exception>
    /// <exception cref="CommandException">The training has failed, with its message.</exception>
    public async Task<LearntModel> PrepareAsync(CancellationToken cancel)
    {
        var source = options.Photos ?? await DrawPhotosAsync(cancel);
        using var photos = await PhotoSet.OpenAsync(source, root: null, cancel);
        var training = new TrainingOptions { Seed = options.Seed, Steps = Steps };
        var path = Path.Combine(_folder, $"model-{KeyOf(photos, training)}.tar.gz");
        if (TryRead(path) is { } package)
            return new LearntModel(package, path, source);
        var clock = Stopwatch.StartNew();
        console.WriteLine($"learning {photos.Classes.Count} socks from {photos.PhotoCount} photos in {photos.Source}");
        await TrainingProcess.RunAsync(
            console, ["train", "--data", photos.Source, "--out", path, "--seed", $"{options.Seed}", "--steps", $"{Steps}"], cancel);
        TrainSeconds = Math.Round(clock.Elapsed.TotalSeconds, 1);
        return new LearntModel(ModelPackage.Read(path), path, source);
    }

    private async Task<string> DrawPhotosAsync(CancellationToken cancel)
    {
        var folder = Path.Combine(_folder, $"photos-seed-{options.Seed}");
        if (Directory.Exists(folder))
            return folder;
        using var world = new PhotoWorld(options.Seed, SyntheticClasses);
        var unfinished = folder + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        _ = await WorkProgress.RunAsync("drawing socks", SyntheticClasses * SyntheticPerClass, "photos",
            progress => SyntheticPictures.WriteClasses(world, SyntheticPerClass, unfinished, progress, cancel));
        Directory.Move(unfinished, folder);
        return folder;
    }

    private ModelPackage? TryRead(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return ModelPackage.Read(path);
        }
        catch (ModelException error)
        {
            console.WriteLine($"{error.Message}; training it again");
            return null;
        }
    }

    /// <summary>
    /// A key that changes with the photos, the settings and the program's version. A photo that cannot be read, which training leaves out,
    /// counts by its name.
    /// </summary>
    internal static string KeyOf(PhotoSet photos, TrainingOptions training)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{typeof(SockTrainer).Assembly.GetName().Version} {training}"));
        foreach (var known in photos.Classes)
        {
            foreach (var photo in known.Photos)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{known.Folder}/{photo.FileName}"));
                hash.AppendData(BytesOf(photo));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static byte[] BytesOf(Photo photo)
    {
        try
        {
            return photo.Read();
        }
        catch (PictureException)
        {
            return [];
        }
    }
}
