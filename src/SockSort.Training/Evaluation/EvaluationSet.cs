using SockSort.Dataset.Photos;
using SockSort.Imaging.Labels;
using SockSort.Training.Photos;

namespace SockSort.Training.Evaluation;

/// <summary>Pictures whose truth is known: class folders, a <c>.lst</c>, a <c>.rec</c>, or frames with a CSV of labels.</summary>
/// <param name="Pictures">At least one.</param>
/// <param name="Missing">Pictures that the labels name and that are not there.</param>
/// <param name="Unlabelled">Pictures that are there and have no label.</param>
public sealed record EvaluationSet(IReadOnlyList<EvaluationPicture> Pictures, IReadOnlyList<SkippedPhoto> Missing, int Unlabelled)
{
    private static readonly string[] Suffixes = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"];

    /// <param name="source">A folder, a <c>.lst</c> or a <c>.rec</c>.</param>
    /// <param name="root">Folder of the photos that a <c>.lst</c> names; by default the folder that it lies in.</param>
    /// <param name="labels">CSV with the labels of the frames in the folder; by default <c>labels.csv</c> in it, where it has no class folders.</param>
    /// <param name="modelLabels">What the numbers of a <c>.lst</c> or <c>.rec</c> mean.</param>
    /// <exception cref="EvaluationException">No picture with a label.</exception>
    /// <exception cref="LabelsException">The CSV is absent or of another form.</exception>
    public static EvaluationSet Read(string source, string? root, string? labels, IReadOnlyList<string> modelLabels)
    {
        if (labels is not null)
            return OfFrames(source, labels);
        if (File.Exists(source))
            return OfNumbers(source, root, modelLabels);
        if (!Directory.Exists(source))
            throw EvaluationErrors.NoSuchData(source);
        var frames = Path.Combine(source, LabelsFile.Name);
        var folders = Directory.GetDirectories(source).Where(folder => Path.GetFileName(folder)[0] != '.').Order(StringComparer.Ordinal).ToArray();
        return folders.Length == 0 && File.Exists(frames) ? OfFrames(source, frames) : OfFolders(source, folders);
    }

    private static EvaluationSet OfFolders(string source, string[] folders)
    {
        EvaluationPicture[] pictures = [.. folders.SelectMany(folder => PhotosIn(folder).Select(path => OfFile(path, ClassLabel.Of(Path.GetFileName(folder)))))];
        return pictures.Length > 0 ? new EvaluationSet(pictures, [], PhotosIn(source).Length) : throw EvaluationErrors.NothingLabelled(source);
    }

    private static EvaluationSet OfFrames(string source, string labels)
    {
        if (!Directory.Exists(source))
            throw EvaluationErrors.NoFolderOfFrames(source);
        var rows = LabelsFile.Read(labels).Where(row => row.Label.Length > 0).DistinctBy(row => row.Frame)
            .Select(row => (Path: Path.Combine(source, row.Frame), row.Label)).ToLookup(row => File.Exists(row.Path));
        EvaluationPicture[] pictures = [.. rows[true].Select(row => OfFile(row.Path, row.Label))];
        if (pictures.Length == 0)
            throw EvaluationErrors.NoLabelledFrame(source, labels);
        var named = pictures.Select(picture => picture.Name).ToHashSet(StringComparer.Ordinal);
        return new EvaluationSet(pictures, [.. rows[false].Select(row => new SkippedPhoto(row.Path, "no such file"))], PhotosIn(source).Count(path => !named.Contains(path)));
    }

    private static EvaluationSet OfNumbers(string source, string? root, IReadOnlyList<string> modelLabels)
    {
        var pictures = NumberedPictures.Read(source, root, modelLabels);
        return pictures.Length > 0 ? new EvaluationSet(pictures, [], 0) : throw EvaluationErrors.NothingLabelled(source);
    }

    private static EvaluationPicture OfFile(string path, string label) => new(path, label, () => File.ReadAllBytes(path));

    private static string[] PhotosIn(string folder) =>
        [.. Directory.GetFiles(folder).Where(path => Suffixes.Contains(Path.GetExtension(path).ToLowerInvariant())).Order(StringComparer.Ordinal)];
}
