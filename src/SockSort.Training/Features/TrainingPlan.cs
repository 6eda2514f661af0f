using SockSort.Dataset.Photos;
using SockSort.Models.Package;
using SockSort.Training.Photos;

namespace SockSort.Training.Features;

/// <summary>What is learnt from what.</summary>
/// <param name="Classes">In the order of the labels; <c>Blank</c> last where it has no folder.</param>
/// <param name="Photos">Their classes are indices of <see cref="Classes"/>.</param>
/// <param name="Samples">Photos, copies and painted backgrounds, in the order in which chance numbers them.</param>
/// <param name="Skipped">Photos that could not be read.</param>
/// <param name="DroppedFolders">Classes without a readable photo.</param>
internal sealed record TrainingPlan(
    IReadOnlyList<ModelClass> Classes, IReadOnlyList<TrainingPhoto> Photos, IReadOnlyList<Sample> Samples,
    IReadOnlyList<SkippedPhoto> Skipped, IReadOnlyList<string> DroppedFolders)
{
    /// <summary>Index of <c>Blank</c>.</summary>
    public int Background { get; } = Classes.Select((known, index) => (known, index))
        .First(pair => pair.known.Label == ModelPackage.BackgroundLabel).index;

    /// <exception cref="TrainingException">Fewer than 2 classes have a readable photo.</exception>
    public static TrainingPlan Make(
        PhotoSet set, IReadOnlyList<TrainingPhoto> photos, IReadOnlyList<SkippedPhoto> skipped, TrainingOptions options)
    {
        int[] usable = [.. photos.Select(photo => photo.Class).Distinct().Order()];
        if (usable.Length < 2)
            throw PhotoErrors.TooFewClasses(set.Source, usable.Length, skipped, AdviceFor(set));
        List<ModelClass> classes = [.. usable.Select(index => ClassOf(set.Classes[index]))];
        if (classes.TrueForAll(known => known.Label != ModelPackage.BackgroundLabel))
            classes.Add(new ModelClass(ModelPackage.BackgroundLabel, null));
        TrainingPhoto[] renumbered = [.. photos.Select(photo => photo with { Class = Array.IndexOf(usable, photo.Class) })];
        string[] dropped = [.. set.Classes.Where((_, index) => !usable.Contains(index)).Select(known => known.Folder)];
        return new TrainingPlan(classes, renumbered, [.. MakeSamples(classes, renumbered, options)], skipped, dropped);
    }

    /// <summary>An archive is often unpacked into a folder of its own name, and the classes lie a step deeper.</summary>
    private static string AdviceFor(PhotoSet set)
    {
        var isNested = set.Classes is [var only] && only.Photos.All(photo => photo.FileName.Contains('/'));
        return isNested ? $"; if the folders in '{set.Classes[0].Folder}' are the classes, give that folder" : "";
    }

    private static ModelClass ClassOf(PhotoClass known) => new(known.Label, known.Folder, known.Number);

    private static IEnumerable<Sample> MakeSamples(List<ModelClass> classes, TrainingPhoto[] photos, TrainingOptions options)
    {
        var copies = options.CopiesFor(photos.Length);
        for (var copy = -1; copy < copies; copy++)
        {
            for (var photo = 0; photo < photos.Length; photo++)
                yield return new Sample(photos[photo].Class, photo, copy);
        }
        var background = classes.FindIndex(known => known.Label == ModelPackage.BackgroundLabel);
        // As many as a class has pictures on average, so that Blank is neither forgotten nor favoured.
        var painted = Math.Max(1, photos.Length * (copies + 1) / classes.Count);
        for (var copy = 0; copy < painted; copy++)
            yield return new Sample(background, -1, copy);
    }
}
