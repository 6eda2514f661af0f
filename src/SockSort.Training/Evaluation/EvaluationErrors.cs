namespace SockSort.Training.Evaluation;

internal static class EvaluationErrors
{
    public static EvaluationException AmbiguousLabel(string label, IReadOnlyList<string> meanings) =>
        new($"the label '{label}' may mean {string.Join(" or ", meanings.Select(meaning => $"'{meaning}'"))} of the model; write it as the model does");

    public static EvaluationException NoSuchData(string source) =>
        new($"{source}: no such file or folder, expected a folder of class folders, a .lst, a .rec, or frames with --labels CSV");

    public static EvaluationException NoFolderOfFrames(string source) => new($"{source}: no such folder, expected the frames that --labels names");

    public static EvaluationException NothingLabelled(string source) =>
        new($"{source}: holds no picture with a label; put pictures into class folders (class-google), or give --labels CSV with the lines frame,label");

    public static EvaluationException NoLabelledFrame(string source, string labels) =>
        new($"{labels}: names no picture with a label in {source}; the column 'frame' holds file names in that folder");

    public static EvaluationException NothingReadable(IReadOnlyList<Photos.SkippedPhoto> skipped) =>
        new($"none of the {skipped.Count} pictures can be read; the first: {skipped[0].Path}: {skipped[0].Reason}");

    public static EvaluationException BadLine(string list, long line, string problem) => new($"{list}:{line}: the line {problem}");

    public static EvaluationException NoPhoto(string record) => new($"{record}: the record is no photo");

    public static EvaluationException NoClass(string name, float label) => new(FormattableString.Invariant($"{name}: the label {label} is no class, expected 0, 1, 2, ..."));

    public static EvaluationException BadData(Exception cause) => new(cause.Message, cause);
}
