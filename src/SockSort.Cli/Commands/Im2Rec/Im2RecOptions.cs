using System.CommandLine;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;
using SockSort.Imaging.OpenCv;

namespace SockSort.Cli.Commands.Im2Rec;

/// <summary>The options of <c>socksort im2rec</c>: im2rec's own with their names and defaults, then ours.</summary>
internal sealed class Im2RecOptions
{
    public readonly Argument<string> Prefix = new("PREFIX")
    {
        Description = "Path of the lists without what follows the name: sock for sock.lst, sock_train.lst; may be s3://bucket/sock",
    };
    public readonly Argument<string> Root = new("ROOT") { Description = "Folder of the photos; may be s3://bucket/photos" };

    public readonly Option<bool> List = new("--list")
    {
        Description = "Make lists of the photos in ROOT; without it, lists are made into .rec and .idx",
    };
    public readonly Option<string[]> Extensions = new("--exts")
    {
        Description = "Extensions of photos, lower case, with the point (before PREFIX, end them with --)",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. PhotoListing.DefaultExtensions],
    };
    public readonly Option<int> Chunks = new("--chunks")
    {
        Description = "Number of parts that the list is cut into",
        DefaultValueFactory = _ => 1,
    };
    public readonly Option<double> TrainRatio = new("--train-ratio")
    {
        Description = "Share of the photos for training",
        DefaultValueFactory = _ => 1,
    };
    public readonly Option<double> TestRatio = new("--test-ratio")
    {
        Description = "Share of the photos for testing",
        DefaultValueFactory = _ => 0,
    };
    public readonly Option<bool> Recursive = new("--recursive")
    {
        Description = "Look into the folders of ROOT, and give each folder with photos a label",
    };
    public readonly Option<bool> NoShuffle = new("--no-shuffle") { Description = "Leave the list in the order of the names" };
    public readonly Option<bool> PassThrough = new("--pass-through") { Description = "Pack the files as they are" };
    public readonly Option<int> Resize = new("--resize")
    {
        Description = "Pixels of the shorter side; 0 leaves the size as it is",
        DefaultValueFactory = _ => 0,
    };
    public readonly Option<bool> CenterCrop = new("--center-crop") { Description = "Cut the largest square out of the middle" };
    public readonly Option<int> Quality = new("--quality") { Description = "JPEG 1 to 100, PNG 0 to 9", DefaultValueFactory = _ => 95 };
    public readonly Option<int> Threads = new("--num-thread") { Description = "Photos worked on at once", DefaultValueFactory = _ => 1 };
    public readonly Option<int> Colour = new("--color") { Description = "1 colour, 0 gray, -1 as stored", DefaultValueFactory = _ => 1 };
    public readonly Option<string> Encoding = new("--encoding")
    {
        Description = "How photos are encoded",
        DefaultValueFactory = _ => ".jpg",
    };
    public readonly Option<bool> PackLabel = new("--pack-label") { Description = "Store all labels of a line that has several" };

    public readonly Option<bool> SkipBad = new("--skip-bad")
    {
        Description = "End with 0 though photos were left out; as im2rec does with more than one thread",
    };
    public readonly Option<bool> NoSkipBad = new("--no-skip-bad")
    {
        Description = "End with 1 when a photo was left out, with any number of threads",
    };
    public readonly Option<string> Codec = new("--codec")
    {
        Description = "Library for JPEG: auto takes turbojpeg where it is installed",
        DefaultValueFactory = _ => "auto",
    };
    public readonly Option<bool> IntegerLabels = new("--integer-labels")
    {
        Description = "Write labels as im2rec of MXNet's master branch does: 4 in place of 4.000000",
    };
    public readonly Option<bool> AllowOutside = new("--allow-outside")
    {
        Description = "Pack photos outside ROOT that a path or a symbolic link leads to",
    };
    public readonly Option<long> MaxPixels = new("--max-pixels")
    {
        Description = "Refuse pictures of more pixels",
        DefaultValueFactory = _ => new RecodeOptions().MostPixels,
    };

    public Im2RecOptions()
    {
        Colour.AcceptOnlyFromAmong("-1", "0", "1");
        Encoding.AcceptOnlyFromAmong(".jpg", ".png");
        Codec.AcceptOnlyFromAmong("auto", "turbojpeg", "netvips");
        AtLeast(Chunks, 1);
        AtLeast(Resize, 0);
        AtLeast(TrainRatio, 0);
        AtLeast(TestRatio, 0);
        AtLeast(MaxPixels, 1);
    }

    public IEnumerable<Option> All =>
    [
        List, Extensions, Chunks, TrainRatio, TestRatio, Recursive, NoShuffle, PassThrough, Resize, CenterCrop, Quality, Threads, Colour,
        Encoding, PackLabel, SkipBad, NoSkipBad, Codec, IntegerLabels, AllowOutside, MaxPixels,
    ];

    public ListSplit SplitOf(ParseResult line) => new()
    {
        Chunks = line.GetValue(Chunks),
        TrainRatio = line.GetValue(TrainRatio),
        TestRatio = line.GetValue(TestRatio),
    };

    public PackOptions PackOptionsOf(ParseResult line) => new()
    {
        PassThrough = line.GetValue(PassThrough),
        PackLabel = line.GetValue(PackLabel),
        Threads = Math.Max(1, line.GetValue(Threads)),
        AllowOutside = line.GetValue(AllowOutside),
        Recode = new RecodeOptions
        {
            Colour = (ColourRule)line.GetValue(Colour),
            CentreCrop = line.GetValue(CenterCrop),
            Resize = line.GetValue(Resize),
            Quality = line.GetValue(Quality),
            Encoding = line.GetValue(Encoding) == ".png" ? PhotoEncoding.Png : PhotoEncoding.Jpeg,
            Codec = Enum.Parse<PhotoCodecKind>(line.GetValue(Codec)!, ignoreCase: true),
            MostPixels = line.GetValue(MaxPixels),
        },
    };

    /// <summary>
    /// Whether a run that left something out returns 0: as requested, otherwise as im2rec does, which returns 0 with more than one thread.
    /// </summary>
    public bool SkipsBad(ParseResult line) =>
        line.GetValue(SkipBad) || (!line.GetValue(NoSkipBad) && line.GetValue(Threads) > 1);

    private static void AtLeast<T>(Option<T> option, T least) where T : IComparable<T> => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is { } value && value.CompareTo(least) < 0)
            result.AddError($"{option.Name} is {value}, expected {least} or more");
    });
}
