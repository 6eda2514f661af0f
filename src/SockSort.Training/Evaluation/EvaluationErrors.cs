namespace SockSort.Training.Evaluation;

internal static class EvaluationErrors
{
    public static EvaluationException AmbiguousLabel(string label, IReadOnlyList<string> meanings) =>
        new($"the label '{label}' may mean {string.Join(" or ", meanings.Select(meaning => $"'{meaning}'"))} of the model; "
            + "write it as the model does");

    public static EvaluationException NumberUnknown(string source, int number, IReadOnlyDictionary<int, string> known) =>
        new($"{source}: has pictures of the class number {number} and no name for it, and the model "
            + (known.Count == 0
                ? "does not say which number it calls what"
                : $"knows {string.Join(", ", known.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} = {pair.Value}"))} only")
            + "; say it with --class-names FILE (a name a line, from number 0), or lay the .lst beside the .rec");

    public static EvaluationException NoFolderOfFrames(string source) =>
        new($"{source}: no such folder, expected the frames that --labels names");

    public static EvaluationException NothingLabelled(string source) =>
        new($"{source}: holds no picture with a label; put pictures into class folders (class-google), or labels.csv with the lines "
            + "frame,label beside them");

    public static EvaluationException NoLabelledFrame(string source, string labels) =>
        new($"{labels}: names no picture with a label in {source}; the column 'frame' holds file names in that folder");

    public static EvaluationException NothingReadable(IReadOnlyList<Photos.SkippedPhoto> skipped) =>
        new($"none of the {skipped.Count} pictures can be read; the first: {skipped[0].Path}: {skipped[0].Reason}");
}
