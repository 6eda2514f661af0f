using System.Security.Cryptography;
using System.Text;
using SockSort.Imaging.Labels;
using SockSort.Models.Onnx;

namespace SockSort.Models.Package;

/// <summary>
/// <c>model.tar.gz</c>: <c>model.onnx</c> (input <c>image</c> float32 N x 3 x S x S; outputs <c>probability</c> N x classes
/// and <c>embedding</c>, since 2026 also <c>unknown</c>), <c>labels.txt</c> (one a line, index = class) and <c>model.json</c>.
/// </summary>
public sealed class ModelPackage
{
    public const string InputName = "image";
    public const string ProbabilityName = "probability";
    public const string EmbeddingName = "embedding";

    /// <summary>N x 1, 0..1: how little a picture is like any class. Not every model has it; see <see cref="ModelCard.Unknown"/>.</summary>
    public const string UnknownName = "unknown";

    /// <summary>The label of the class that stands for "no sock in front of the camera".</summary>
    public const string BackgroundLabel = FrameLabel.Blank;

    /// <summary>What a package is usually called.</summary>
    public const string FileName = "model.tar.gz";

    /// <summary>Bytes of a package's file above which it is not read.</summary>
    public const long MostFileBytes = ModelArchive.MostFileBytes;

    internal const string OnnxEntry = "model.onnx";
    internal const string LabelsEntry = "labels.txt";
    internal const string CardEntry = "model.json";

    /// <summary>All that a package may hold.</summary>
    internal static readonly string[] EntryNames = [OnnxEntry, LabelsEntry, CardEntry];

    /// <param name="onnx">The ONNX file's bytes; not copied.</param>
    /// <param name="card">Its classes are the labels. Its SHA-256 of <c>model.onnx</c> is set here.</param>
    /// <exception cref="ModelException">The model lacks an input or output, or has another number of classes.</exception>
    public ModelPackage(byte[] onnx, ModelCard card)
        : this(onnx, [.. card.Classes.Select(known => known.Label)], WithHash(card, onnx), "the model")
    {
    }

    private ModelPackage(byte[] onnx, IReadOnlyList<string> labels, ModelCard card, string file)
    {
        (Onnx, Labels, Card) = (onnx, labels, card);
        Check(file);
    }

    /// <summary>The ONNX file's bytes.</summary>
    public byte[] Onnx { get; }

    /// <summary>The shown names; index = class.</summary>
    public IReadOnlyList<string> Labels { get; }

    public ModelCard Card { get; }

    /// <summary>
    /// What the numbers of lists and records without names mean: as the photos had them that were learnt from; of packages that do not
    /// say it and have no folders either, the places of the labels. Empty where it is not known.
    /// </summary>
    public IReadOnlyDictionary<int, string> LabelsByNumber()
    {
        var numbered = Card.Classes.Where(known => known.Number is not null)
            .ToDictionary(known => known.Number!.Value, known => known.Label);
        if (numbered.Count > 0)
            return numbered;
        // Of another program: its numbers are the places of its scores.
        if (Card.Classes.All(known => known.Folder is null))
            return Labels.Index().ToDictionary(label => label.Index, label => label.Item);
        // An older package: im2rec gave numbers to the folders, in their order. Folders that are called by numbers may be records' own.
        var folders = Card.Classes.Where(known => known.Folder is not null).ToArray();
        return folders.Any(known => int.TryParse(known.Label, out _))
            ? new Dictionary<int, string>()
            : folders.Index().ToDictionary(known => known.Index, known => known.Item.Label);
    }

    /// <param name="path">
    /// A package, or a folder that holds its three files; or either with nothing but a package in it, as SageMaker packs and unpacks one.
    /// </param>
    /// <exception cref="ModelException">The package is absent, cut off, incomplete, changed, or its parts do not fit together.</exception>
    public static ModelPackage Read(string path)
    {
        return Of(Directory.Exists(path) ? ModelFolder.Read(path) : ModelArchive.Read(path), path);
    }

    /// <param name="file">The bytes of a package's file.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="ModelException">The package is cut off, incomplete, changed, or its parts do not fit together.</exception>
    public static ModelPackage Read(byte[] file, string path) => Of(ModelArchive.Read(new MemoryStream(file), path), path);

    /// <summary>The labels in a file of another program: one a line, index = class, or numbered lines (<c>0 Google</c>).</summary>
    /// <exception cref="ModelException">The file is absent, a line is empty, or a label stands there twice.</exception>
    public static IReadOnlyList<string> ReadLabels(string path)
    {
        if (!File.Exists(path))
            throw ModelErrors.LabelsMissing(path);
        return LabelList.Read(File.ReadAllBytes(path), path);
    }

    /// <summary>
    /// Writes the package under another name beside <paramref name="path"/> and renames it when it is whole: what was
    /// there before stays until then. Equal packages give equal bytes.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Write(string path) => ModelArchive.Write(path, Entries());

    /// <summary>What <see cref="Write"/> writes.</summary>
    public byte[] ToBytes() => ModelArchive.ToBytes(Entries());

    /// <summary>Writes the three files into a folder, which is made where it is absent; each appears when it is whole.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void WriteFiles(string folder) => ModelFolder.Write(folder, Entries());

    private static ModelPackage Of(Dictionary<string, byte[]> entries, string path)
    {
        var card = ModelCard.Parse(entries[CardEntry], path);
        if (card.Sha256.TryGetValue(OnnxEntry, out var hash) && hash != HashOf(entries[OnnxEntry]))
            throw ModelErrors.HashDiffers(path, OnnxEntry);
        return new ModelPackage(entries[OnnxEntry], ParseLabels(entries[LabelsEntry], path), card, path);
    }

    private static ModelCard WithHash(ModelCard card, byte[] onnx) =>
        card with
        {
            Sha256 = new SortedDictionary<string, string>(card.Sha256.ToDictionary(), StringComparer.Ordinal)
            {
                [OnnxEntry] = HashOf(onnx),
            },
        };

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string[] ParseLabels(byte[] utf8, string file)
    {
        var labels = Encoding.UTF8.GetString(utf8).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (labels is [""])
            throw ModelErrors.NoLabels(file, inPackage: true);
        var empty = Array.FindIndex(labels, string.IsNullOrWhiteSpace);
        return empty < 0 ? labels : throw ModelErrors.BlankLine(file, empty + 1, inPackage: true);
    }

    private IEnumerable<(string Name, byte[] Bytes)> Entries() =>
    [
        (OnnxEntry, Onnx),
        (LabelsEntry, Encoding.UTF8.GetBytes(string.Concat(Labels.Select(label => label + "\n")))),
        (CardEntry, Card.ToBytes()),
    ];

    private void Check(string file)
    {
        var twice = Labels.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw ModelErrors.TwiceLabel(file, twice.Key);
        var model = OnnxModel.Parse(Onnx, file);
        model.RequirePictures(Card.Input.Size);
        _ = model.OutputWidth(EmbeddingName);
        if (model.OutputWidth(ProbabilityName) != Labels.Count)
            throw ModelErrors.LabelsDiffer(file, Labels.Count, model.OutputWidth(ProbabilityName));
        if (Card.Unknown is not null && model.OutputWidth(UnknownName) is not 1 and var width)
            throw ModelErrors.BadCard(file, $"unknown: the output '{UnknownName}' of model.onnx is N x {width}, expected N x 1");
        if (!Card.Classes.Select(known => known.Label).SequenceEqual(Labels, StringComparer.Ordinal))
            throw ModelErrors.BadCard(file, $"classes are not those of labels.txt ({string.Join(", ", Labels)})");
    }
}
