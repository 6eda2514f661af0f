using SockSort.Training.Photos;

namespace SockSort.Training;

internal static class TrainingErrors
{
    public static TrainingException TooFewClasses(string root, int usable, IReadOnlyList<SkippedPhoto> skipped) =>
        new($"{root}: {usable} of its classes {(usable == 1 ? "has" : "have")} a readable photo, at least 2 are needed"
            + (skipped.Count == 0 ? ": make one folder of photos per sock (class-google, class-mongo)" : $"; not readable: {Named(skipped)}"));

    private static string Named(IReadOnlyList<SkippedPhoto> skipped) =>
        string.Join("; ", skipped.Take(3).Select(photo => $"{photo.Path} ({photo.Reason})")) + (skipped.Count > 3 ? $" and {skipped.Count - 3} more" : "");
}
