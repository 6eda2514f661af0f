using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>One of some words.</summary>
/// <param name="words">In the order in which they are shown, each with what it means.</param>
internal sealed class ChoiceType<T>(IReadOnlyList<(string Word, T Value)> words) : ScalarType<T>
{
    public override string Words => Listed;

    /// <summary>What to do in place of a word that is known, and refused as yet; null: it is not such a word.</summary>
    public Func<string, string?> NotYet { get; init; } = _ => null;

    protected override string Expected => Listed;

    private string Listed
    {
        get
        {
            var all = words.Select(word => word.Word).ToList();
            return all.Count == 1 ? all[0] : $"{string.Join(", ", all[..^1])} or {all[^1]}";
        }
    }

    protected override bool TryParse(string text, Reading reading, out T? value, ref string hint)
    {
        var found = words.Where(word => word.Word == text).Take(1).ToList();
        value = found.Count > 0 ? found[0].Value : default;
        if (found.Count > 0)
            return true;
        hint = NotYet(text) ?? hint;
        return false;
    }
}
