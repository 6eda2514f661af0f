using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>One of a set of words.</summary>
/// <param name="words">The words in the order of the documentation, each with its value.</param>
internal sealed class ChoiceType<T>(IReadOnlyList<(string Word, T Value)> words) : ScalarType<T>
{
    public override string Words => Listed;

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
        return found.Count > 0;
    }
}
