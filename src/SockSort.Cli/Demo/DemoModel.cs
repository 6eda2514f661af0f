using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SockSort.Cli.Output;
using SockSort.Cli.Training;
using SockSort.Dataset.Photos;
using SockSort.Imaging.Synthetic;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training;
using Spectre.Console;

namespace SockSort.Cli.Demo;

/// <summary>The model that the demo recognises with: trained at first, kept in the data folder for as long as the photos stay the same.</summary>
internal sealed class DemoModel(DemoOptions options, IAnsiConsole console)
{
    /// <summary>Classes and photos a class of the synthetic set: 48 photos.</summary>
    public const int SyntheticClasses = SockDesigns.UsualClasses;
    private const int SyntheticPerClass = 6;

    private readonly string _folder = Path.Combine(options.Data, "demo");

    /// <summary>Seconds spent on training; 0 where the model was there.</summary>
    public double TrainSeconds { get; private set; }

    /// <exception cref="PhotoSetException">The photos cannot be learnt from.</exception>
    /// <exception cref="TrainingException">Fewer than 2 classes have a readable photo.</exception>
    public async Task<ModelPackage> PrepareAsync(CancellationToken cancel)
    {
        using var photos = await PhotoSet.OpenAsync(options.Photos ?? await DrawPhotosAsync(cancel), root: null, cancel);
        var training = new TrainingOptions { Seed = options.Seed };
        var path = Path.Combine(_folder, $"model-{KeyOf(photos, training)}.tar.gz");
        if (Known(path) is { } package)
            return package;
        var clock = Stopwatch.StartNew();
        console.WriteLine($"learning {photos.Classes.Count} socks from {photos.PhotoCount} photos in {photos.Source}");
        var trainer = new HeadTrainer(OnnxModel.Read(Backbone.ShippedPath), training);
        var result = await TrainingView.ShowAsync(console, progress => Task.Run(() => trainer.Train(photos, progress, cancel), cancel));
        result.Package.Write(path);
        TrainSeconds = Math.Round(clock.Elapsed.TotalSeconds, 1);
        TrainingTable.Write(console, result, path);
        return result.Package;
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

    private ModelPackage? Known(string path)
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

    /// <summary>Changes with the photos, the settings and the program's version.</summary>
    private static string KeyOf(PhotoSet photos, TrainingOptions training)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{typeof(HeadTrainer).Assembly.GetName().Version} {training}"));
        foreach (var known in photos.Classes)
        {
            foreach (var photo in known.Photos)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{known.Folder}/{photo.FileName}"));
                hash.AppendData(photo.Read());
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
