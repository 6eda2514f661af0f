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

    /// <summary>What was left out by its name or for a damaged line or record, each with its reason.</summary>
    public IReadOnlyList<string> Ignored => _photos?.Ignored ?? [];

    /// <param name="source">A folder of class folders, a <c>.lst</c> or a <c>.rec</c>, here or <c>s3://</c>; or a folder of frames.</param>
    /// <param name="root">Folder that the paths of a <c>.lst</c> start from; by default the one that it lies in.</param>
    /// <param name="labels">
    /// CSV with the labels of the frames in the folder; by default <c>labels.csv</c> in it, where it has no class folders.
    /// </param>
    /// <param name="modelLabels">What numbers mean where a list or records have no names.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="EvaluationException">No picture with a label.</exception>
    /// <exception cref="LabelsException">The CSV is absent or of another form.</exception>
    /// <exception cref="PhotoSetException">The photos are not as a <see cref="PhotoSet"/> must be.</exception>
    /// <exception cref="StorageException">A bucket cannot be reached.</exception>
    public static async Task<EvaluationSet> OpenAsync(
        string source, string? root, string? labels, IReadOnlyList<string> modelLabels, CancellationToken cancel)
    {
        if (labels is not null)
            return OfFrames(source, labels);
        if (Directory.Exists(source) && !HasClassFolder(source))
        {
            var beside = Path.Combine(source, LabelsFile.Name);
            return File.Exists(beside) ? OfFrames(source, beside) : throw EvaluationErrors.NothingLabelled(source);
        }
        var photos = await PhotoSet.OpenAsync(source, root, cancel);
        var labelOf = LabelsOf(photos, modelLabels);
        return new EvaluationSet(
            source,
            [
                .. photos.Classes.SelectMany(
                    known => known.Photos.Select(photo => new EvaluationPicture(photo.Name, labelOf(known), photo.Read))),
            ],
            photos);
    }

    public void Dispose() => _photos?.Dispose();

    private static bool HasClassFolder(string folder) => Directory.EnumerateDirectories(folder)
        .Any(inner => Path.GetFileName(inner)[0] != '.' && Directory.EnumerateFiles(inner).Any(PictureReader.IsPicture));

    /// <summary>
    /// Lists and records without names of folders have numbers: labels of a model that was learnt from such ones, else places among the
    /// model's labels.
    /// </summary>
    private static Func<PhotoClass, string> LabelsOf(PhotoSet photos, IReadOnlyList<string> modelLabels)
    {
        var areLabels = photos.Classes.All(known => modelLabels.Contains(known.Label, StringComparer.Ordinal));
        return known => known.Number is { } number && !areLabels && number < modelLabels.Count ? modelLabels[number] : known.Label;
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
