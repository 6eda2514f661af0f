using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;
using SockSort.Imaging.OpenCv;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Im2Rec;

/// <summary>Packs the lists of a golden run with its own options, and keeps what was reported.</summary>
internal sealed class PackingRun : IPackWatcher
{
    public List<string> LeftOut { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Skipped { get; } = [];

    public PackResult Result { get; private set; } = new(0, 0, 0, 0);

    public static PackOptions OptionsOf(GoldenRun golden, PhotoCodecKind codec, int? threads = null) => new()
    {
        PassThrough = golden.Has("--pass-through"),
        PackLabel = golden.Has("--pack-label"),
        Threads = threads ?? Math.Max(1, (int)golden.Number("--num-thread", 1)),
        Recode = new RecodeOptions
        {
            Colour = (ColourRule)(int)golden.Number("--color", 1),
            CentreCrop = golden.Has("--center-crop"),
            Resize = (int)golden.Number("--resize", 0),
            Quality = (int)golden.Number("--quality", 95),
            Encoding = golden.Word("--encoding", ".jpg") == ".png" ? PhotoEncoding.Png : PhotoEncoding.Jpeg,
            Codec = codec,
        },
    };

    /// <summary>Packs every list of the case into <paramref name="folder"/>, under the same names.</summary>
    public static PackingRun Pack(GoldenRun golden, string root, TempFolder folder, PackOptions options)
    {
        var run = new PackingRun();
        var packer = new ListPacker(root, options, run);
        foreach (var list in Directory.GetFiles(golden.Folder, "*.lst").Order(StringComparer.Ordinal))
            run.Result += packer.Pack(list, folder.File(Path.ChangeExtension(Path.GetFileName(list), ".rec")));
        return run;
    }

    public void Add(PackResult result) => Result += result;

    public void OnLineSkipped(ListProblem problem) => Skipped.Add($"line {problem.Number} {problem.Problem}");

    public void OnPhotoLeftOut(ListLine line, string reason) => LeftOut.Add($"{line.Path}: {reason}");

    public void OnWarning(ListLine line, string warning) => Warnings.Add($"{line.Path}: {warning}");

    public void OnPhotoDone(long index)
    {
    }
}
