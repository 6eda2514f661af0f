using SockSort.Dataset.Photos;
using SockSort.Dataset.Storage;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Labels;
using SockSort.Training.Photos;

namespace SockSort.Training.Evaluation;

/// <summary>Pictures whose truth is known: a <see cref="PhotoSet"/>, or frames with a CSV of labels.</summary>
public sealed class EvaluationSet : IDisposable
{
    private readonly PhotoSet? _photos;

    private EvaluationSet(string source, IReadOnlyList<EvaluationPicture> pictures, PhotoSet? photos) =>
        (Source, Pictures, _photos) = (source, pictures, photos);

    /// <summary>The pictures' place, as the user gave it.</summary>
    public string Source { get; }

    /// <summary>What is judged by: at least one picture.</summary>
    public IReadOnlyList<EvaluationPicture> Pictures { get; }

    /// <summary>Pictures that the labels name and that are not there.</summary>
    public IReadOnlyList<SkippedPhoto> Missing { get; private init; } = [];

    /// <summary>Pictures that are there and have no label.</summary>
    public int Unlabelled { get; private init; }

    /// <summary>What numbers without names were taken for, <c>0 = Google, 1 = Mongo</c>; null where all have names.</summary>
    public string? Numbers { get; private init; }

    /// <summary>What was left out by its name or for a damaged line or record, each with its reason.</summary>
    public IReadOnlyList<string> Ignored => _photos?.Ignored ?? [];

    /// <param name="source">A folder of class folders, a <c>.lst</c> or a <c>.rec</c>, here or <c>s3://</c>; or a folder of frames.</param>
    /// <param name="root">Folder that the paths of a <c>.lst</c> start from; by default the one that it lies in.</param>
    /// <param name="labels">
    /// CSV with the labels of the frames in the folder; by default <c>labels.csv</c> in it, where it has no class folders.
    /// </param>
    /// <param name="numbers">What numbers mean where a list or records have no names: as the model has learnt them.</param>
    /// <param name="names">What they mean all the same; null = as <paramref name="numbers"/> say.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="EvaluationException">No picture with a label, or numbers that nobody can name.</exception>
    /// <exception cref="LabelsException">The CSV is absent or of another form.</exception>
    /// <exception cref="PhotoSetException">The photos are not as a <see cref="PhotoSet"/> must be.</exception>
    /// <exception cref="StorageException">A bucket cannot be reached.</exception>
    public static async Task<EvaluationSet> OpenAsync(
        string source, string? root, string? labels, IReadOnlyDictionary<int, string> numbers, ClassNames? names,
        CancellationToken cancel)
    {
        if (labels is not null)
            return OfFrames(source, labels);
        var beside = Path.Combine(source, LabelsFile.Name);
        if (Directory.Exists(source) && File.Exists(beside) && HasPicture(source))
            return OfFrames(source, beside);
        if (Directory.Exists(source) && !PhotoSet.HasClassFolder(source))
            throw EvaluationErrors.NothingLabelled(source);
        var photos = await PhotoSet.OpenAsync(source, root, names, cancel);
        return Of(photos, numbers);
    }

    /// <param name="photos">Judged by; disposed of with the set.</param>
    /// <param name="numbers">What numbers mean where the photos have no names: as the model has learnt them.</param>
    /// <exception cref="EvaluationException">Numbers that nobody can name.</exception>
    public static EvaluationSet Of(PhotoSet photos, IReadOnlyDictionary<int, string> numbers)
    {
        var source = photos.Source;
        var labelOf = LabelsOf(photos, numbers);
        return new EvaluationSet(
            source,
            [
                .. photos.Classes.SelectMany(
                    known => known.Photos.Select(photo => new EvaluationPicture(photo.Name, labelOf(known), photo.Read))),
            ],
            photos)
        {
            Numbers = photos.Classes.All(known => known.IsNamed)
                ? null
                : string.Join(", ", photos.Classes.Select(known => $"{known.Number} = {labelOf(known)}")),
        };
    }

    public void Dispose() => _photos?.Dispose();

    private static bool HasPicture(string folder) => Directory.EnumerateFiles(folder).Any(PictureReader.IsPicture);

    /// <summary>
    /// Im2rec's numbers count the folders of its photos. They are no labels, also where a label is a number itself: number 2 is the third
    /// folder, and a sock may be called 2.
    /// </summary>
    private static Func<PhotoClass, string> LabelsOf(PhotoSet photos, IReadOnlyDictionary<int, string> numbers)
    {
        if (photos.Classes.FirstOrDefault(known => !known.IsNamed && !numbers.ContainsKey(known.Number)) is { } nameless)
            throw EvaluationErrors.NumberUnknown(photos.Source, nameless.Number, numbers);
        return known => known.IsNamed ? known.Label : numbers[known.Number];
    }

    private static EvaluationSet OfFrames(string folder, string labels)
    {
        if (!Directory.Exists(folder))
            throw EvaluationErrors.NoFolderOfFrames(folder);
        var rows = LabelsFile.Read(labels).Where(row => row.Label.Length > 0).DistinctBy(row => row.Frame)
            .Select(row => (Path: Path.Combine(folder, row.Frame), row.Label)).ToLookup(row => Path.Exists(row.Path));
        EvaluationPicture[] pictures =
        [
            .. rows[true].Select(row => new EvaluationPicture(row.Path, row.Label, () => RegularFile.ReadAllBytes(row.Path))),
        ];
        if (pictures.Length == 0)
            throw EvaluationErrors.NoLabelledFrame(folder, labels);
        var named = pictures.Select(picture => picture.Name).ToHashSet(StringComparer.Ordinal);
        return new EvaluationSet(folder, pictures, photos: null)
        {
            Missing = [.. rows[false].Select(row => new SkippedPhoto(row.Path, "no such file"))],
            Unlabelled = Directory.GetFiles(folder).Count(path => PictureReader.IsPicture(path) && !named.Contains(path)),
        };
    }
}
