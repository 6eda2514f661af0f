using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using SockSort.Cli.Output;
using SockSort.Imaging.Synthetic;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort photos synth</c>: draws synthetic socks as class folders for training, or as labelled frames for tests.</summary>
internal static class PhotosCommand
{
    private const string Photos = "photos";
    private const string Camera = "camera";

    private static readonly Option<int> Classes = new Option<int>("--classes")
    {
        Description = $"How many kinds of sock, 2 to {SockDesigns.Count}",
        DefaultValueFactory = _ => SockDesigns.UsualClasses,
    }.Within(2, SockDesigns.Count);

    private static readonly Option<int?> PerClass = new Option<int?>("--per-class")
    {
        Description = "Photos of each, in a folder per class; 6 where neither this nor --frames is given",
    }.Within(1, 100_000);

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Says which socks, how they are dyed, and every picture: the same seed gives the same socks in both worlds",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string> World = new("--world")
    {
        Description = "photos: lying on a desk; camera: held up before a wall, with empty frames between",
        DefaultValueFactory = _ => Photos,
    };

    private static readonly Option<int?> Frames = new Option<int?>("--frames")
    {
        Description = "Write this many pictures into one folder, with labels.csv, in place of class folders",
    }.Within(1, 1_000_000);

    private static readonly Option<double> Rate = new Option<double>("--fps")
    {
        Description = "Frames a second of the camera",
        DefaultValueFactory = _ => 4,
    }.Within(0.1, 240);

    private static readonly Option<DirectoryInfo> Out = new("--out") { Description = "The folder to write to", Required = true };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Write into a folder that is not empty; pictures of the same name are replaced",
    };

    public static Command Create()
    {
        World.AcceptOnlyFromAmong(Photos, Camera);
        var synth = new Command("synth", """
            Draws synthetic socks: photos to train from, or camera frames to test with, as JPEG.

            Example:
              socksort photos synth --classes 8 --per-class 6 --seed 1 --out photos
              socksort photos synth --world camera --frames 200 --seed 1 --out frames
            """)
        {
            Classes, PerClass, Seed, World, Frames, Rate, Out, Force,
        };
        synth.Validators.Add(RequireOneLayout);
        synth.SetAction(RunAsync);
        return new Command("photos", "Makes photos of socks.\n\nExample:\n  socksort photos synth --out photos") { synth };
    }

    private static void RequireOneLayout(CommandResult line)
    {
        // Values cannot be parsed yet: one of them may be invalid.
        var frames = line.GetResult(Frames) is not null;
        if (frames && line.GetResult(PerClass) is not null)
            line.AddError("--per-class makes class folders and --frames one folder with labels.csv: give one of them");
        if (!frames && line.GetResult(World)?.Tokens.LastOrDefault()?.Value == Camera)
            line.AddError("--world camera needs --frames N: class folders are made of photos only");
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var folder = line.GetValue(Out)!;
        RequireEmpty(folder, line.GetValue(Force));
        var clock = Stopwatch.StartNew();
        using var world = new PhotoWorld(line.GetValue(Seed), line.GetValue(Classes));
        var frames = line.GetValue(Frames);
        var perClass = line.GetValue(PerClass) ?? 6;
        var count = await WorkProgress.RunAsync("drawing", frames ?? (perClass * world.Designs.Count), "pictures", written => frames is null
            ? SyntheticPictures.WriteClasses(world, perClass, folder.FullName, written, cancellationToken)
            : SyntheticPictures.WriteFrames(FramesOf(line, world).Take(frames.Value), folder.FullName, written, cancellationToken));
        var what = frames is null ? $"{world.Designs.Count} class folders" : "labels.csv";
        Console.WriteLine($"{count} pictures of {world.Designs.Count} socks (seed {line.GetValue(Seed)}) and {what} in {folder.FullName}, "
            + $"{clock.Elapsed.TotalSeconds:0.0} s");
        Console.WriteLine($"socks: {string.Join(", ", world.Designs)}");
        return ExitCode.Done;
    }

    private static void RequireEmpty(DirectoryInfo folder, bool force)
    {
        if (force || !folder.Exists || !folder.EnumerateFileSystemInfos().Any())
            return;
        throw new SyntheticException(
            $"{folder.FullName} is not empty: choose another folder for --out, or give --force to write between what is there");
    }

    private static IEnumerable<(Imaging.Frame Frame, string Label)> FramesOf(ParseResult line, PhotoWorld world) =>
        line.GetValue(World) == Photos ? world.Shuffled() : CameraFrames(line.GetValue(Seed), world.Designs.Count, line.GetValue(Rate));

    private static IEnumerable<(Imaging.Frame Frame, string Label)> CameraFrames(int seed, int classes, double rate)
    {
        using var camera = SyntheticCamera.ForSeed(seed, classes, new SyntheticCameraOptions { FramesPerSecond = rate });
        foreach (var frame in camera.Frames(repeat: true))
            yield return (frame.Frame, frame.Label);
    }
}
