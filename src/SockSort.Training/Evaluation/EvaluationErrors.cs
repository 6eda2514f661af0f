namespace SockSort.Training.Evaluation;

internal static class EvaluationErrors
{
    public static EvaluationException AmbiguousLabel(string label, IReadOnlyList<string> meanings) =>
        new($"the label '{label}' may mean {string.Join(" or ", meanings.Select(meaning => $"'{meaning}'"))} of the model; write it as the model does");
}
