namespace SockSort.Training.Evaluation;

/// <summary>
/// Finds the model's label that a folder's or a file's label means: without case, the prefix <c>class-</c>, blanks
/// (<c>-</c> and <c>_</c> count as such) and a plural s. An exact match goes before one that forgives more.
/// </summary>
public sealed class LabelMatcher
{
    private const string Prefix = "class-";

    private static readonly Func<string, string>[] Forms = [label => label, Plain, label => Singular(Plain(label))];

    private readonly ILookup<string, int>[] _byForm;
    private readonly IReadOnlyList<string> _labels;

    /// <param name="labels">The model's; index = class.</param>
    public LabelMatcher(IReadOnlyList<string> labels)
    {
        _labels = labels;
        _byForm =
        [
            .. Forms.Select(form => Enumerable.Range(0, labels.Count).ToLookup(index => form(labels[index]), StringComparer.Ordinal)),
        ];
    }

    /// <returns>Index of the model's label; <see cref="Judgement.NotTaught"/> where it has none of this meaning.</returns>
    /// <exception cref="EvaluationException">Two labels of the model are meant as well as each other.</exception>
    public int Find(string label)
    {
        for (var form = 0; form < Forms.Length; form++)
        {
            int[] found = [.. _byForm[form][Forms[form](label)]];
            if (found.Length == 1)
                return found[0];
            if (found.Length > 1)
                throw EvaluationErrors.AmbiguousLabel(label, [.. found.Select(index => _labels[index])]);
        }
        return Judgement.NotTaught;
    }

    /// <summary>One text for all labels that mean the same.</summary>
    internal static string Key(string label) => Singular(Plain(label));

    private static string Plain(string label)
    {
        var name = label.Trim();
        if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            name = name[Prefix.Length..];
        return new string([.. name.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '_'))]).ToLowerInvariant();
    }

    private static string Singular(string plain) => plain.Length > 1 && plain[^1] == 's' ? plain[..^1] : plain;
}
