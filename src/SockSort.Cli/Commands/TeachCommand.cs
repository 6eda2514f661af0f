using System.CommandLine;
using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Cli.Recognition;
using SockSort.Cli.Teach;
using SockSort.Edge.Cameras;
using SockSort.Models.Inference;
using SockSort.Models.Package;
using SockSort.Models.Versions;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Photos;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort teach</c>: learns a sock that is shown to the camera.</summary>
internal static class TeachCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The sock's name; 'blank' teaches the empty scene" };

    private static readonly Option<string> Camera = new("--camera")
    {
        Description = CameraKinds.Help + "; of a camera that runs, http://HOST:PORT/frame.jpg?plain of its live view",
        Required = true,
        HelpName = "SOURCE",
    };

    private static readonly Option<string> Photos = new("--photos")
    {
        Description = "Folder with a folder of photos for each sock; this sock's is added",
        DefaultValueFactory = _ => "photos",
        HelpName = "DIR",
    };

    private static readonly Option<string> Model = new("--model")
    {
        Description = "The model that learns; what it was is kept as a version",
        DefaultValueFactory = _ => ModelPackage.FileName,
        HelpName = "FILE",
    };

    private static readonly Option<int> Frames = new Option<int>("--frames")
    {
        Description = "Frames to choose",
        DefaultValueFactory = _ => new ChooserOptions().Wanted,
        HelpName = "N",
    }.Within(PhotoFolder.FewestPhotos, 500);

    private static readonly Option<double> Fps = new Option<double>("--fps")
    {
        Description = "Frames per second to look at, 0 = as fast as it goes",
        DefaultValueFactory = _ => 8,
        HelpName = "FPS",
    }.Within(0, CameraOptions.MostFps);

    private static readonly Option<TimeSpan> For = new("--for")
    {
        Description = "Longest time to show it, as in 60s",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        CustomParser = Durations.ParseOption,
        HelpName = "TIME",
    };

    private static readonly Option<bool> More = new("--more") { Description = "Add to the photos of a sock that is known" };

    private static readonly Option<bool> NoTrain = new("--no-train")
    {
        Description = "Keep the photos only, as when several socks are shown one after the other",
    };

    private static readonly Option<bool> Anyway = new("--anyway")
    {
        Description = "Use the new model even where it tells fewer of the photos of socks that were known before",
    };

    private static readonly Option<int?> Steps = new("--steps")
    {
        Description = "Steps of fine-tuning, as of 'socksort train'",
        HelpName = "N",
    };

    private static readonly Option<string?> Report = ReportOption.Create();

    public static Command Create()
    {
        var command = new Command("teach", """
            Learns a sock that is shown to the camera: chooses sharp frames that differ while you turn it, trains with them, compares the
            new model with the old one on the same pictures, and puts it in the old one's place. A camera that runs takes it between two
            frames; 'socksort model rollback' takes it back.

            Example:
              socksort teach "Blue Stripes" --camera /dev/video0 --photos photos --model model.tar.gz
            """)
        {
            Name, Camera, CameraAccountOptions.User, CameraAccountOptions.PasswordPath, Photos, Model, Frames, Fps, For, More, NoTrain,
            Anyway, Steps, Report,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var name = SockName.Parse(line.GetRequiredValue(Name));
        var versions = new ModelVersions(line.GetRequiredValue(Model));
        using var photos = PhotoFolder.Open(line.GetRequiredValue(Photos));
        var folder = photos.FolderOf(name, line.GetValue(More));
        await ShowAsync(line, name, photos, folder, versions, cancel);
        if (line.GetValue(NoTrain))
            return ExitCode.Done;
        await TaughtModel.RequireSocksAsync(photos.Path, cancel);
        await LearnAsync(line, photos, versions, cancel);
        return ExitCode.Done;
    }

    private static async Task ShowAsync(
        ParseResult line, SockName name, PhotoFolder photos, string folder, ModelVersions versions, CancellationToken cancel)
    {
        var output = line.InvocationConfiguration.Output;
        var source = line.GetRequiredValue(Camera);
        var options = new CameraOptions { Fps = line.GetValue(Fps), Account = CameraAccountOptions.Of(line, source) };
        var wanted = new ChooserOptions { Wanted = line.GetValue(Frames), IsBackground = name.IsBackground };
        using var reader = FrameReader.Open(versions.Model, Backbone.ShippedPath);
        await using var camera = CameraSource.Open(source, options);
        var showing = new ShowingASock(camera, reader, wanted, output);
        var frames = await showing.ChooseAsync(line.GetValue(For), cancel);
        photos.Add(name, folder, frames);
        await output.WriteLineAsync($"{name.Label}: {Counted.Of(frames.Count, "photo")} of {showing.Seen} frames are in {folder}");
    }

    private static async Task LearnAsync(ParseResult line, PhotoFolder photos, ModelVersions versions, CancellationToken cancel)
    {
        var (output, error) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
        List<string> more = [];
        if (line.GetValue(Steps) is { } steps)
            more.AddRange("--steps", $"{steps}");
        if (line.GetValue(Report) is { } report)
            more.AddRange("--report", report);
        using var taught = await TaughtModel.TrainAsync(photos.Path, versions, more, output, cancel);
        var judging = new ModelJudging(output, error, new InferenceOptions().Threads);
        if (await taught.CompareAsync(photos.Path, judging, cancel) is { } difference)
        {
            TaughtModel.Write(difference, Consoles.For(output));
            if (difference.Lost is > 0 and var lost && !line.GetValue(Anyway))
                throw new CommandException(
                    $"the new model was thrown away: of the photos of socks that were known before it tells {lost} fewer; teach those with "
                        + "--more, or use it with --anyway. The photos of the new sock stay");
        }
        await output.WriteLineAsync($"{versions.Model}: {taught.Use(line.GetRequiredValue(Model))}");
    }
}
