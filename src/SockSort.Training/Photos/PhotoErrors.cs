namespace SockSort.Training.Photos;

/// <summary>What the photos lack to be taught or judged by.</summary>
internal static class PhotoErrors
{
    /// <param name="root">Of the photos.</param>
    /// <param name="usable">Classes with a photo.</param>
    /// <param name="skipped">What could not be read.</param>
    /// <param name="nested">What to do where the only folder holds folders itself; else empty.</param>
    public static TrainingException TooFewClasses(string root, int usable, IReadOnlyList<SkippedPhoto> skipped, string nested) =>
        new($"{root}: {usable} of its classes {(usable == 1 ? "has" : "have")} a readable photo, at least 2 are needed"
            + (skipped.Count == 0
                ? $": make one folder of photos per sock (class-google, class-mongo){nested}"
                : $"; not readable: {Named(skipped)}"));

    public static TrainingException NothingToSplit(string source, IReadOnlyList<SkippedPhoto> skipped) =>
        new($"{source}: no class has two photos, so that none can be held out to judge by: leave the split out, or take more photos"
            + LeftOut(skipped));

    public static TrainingException NothingToJudgeBy(string source, IReadOnlyList<SkippedPhoto> skipped) =>
        new($"{source}: holds no picture of a sock that is taught; folders are named as those of the photos (class-google), "
            + $"and what judges may not be learnt from, too{LeftOut(skipped)}");

    private static string LeftOut(IReadOnlyList<SkippedPhoto> skipped) => skipped.Count == 0 ? "" : $"; left out: {Named(skipped)}";

    private static string Named(IReadOnlyList<SkippedPhoto> skipped) =>
        string.Join("; ", skipped.Take(3).Select(photo => $"{photo.Path} ({photo.Reason})"))
            + (skipped.Count > 3 ? $" and {skipped.Count - 3} more" : "");
}
