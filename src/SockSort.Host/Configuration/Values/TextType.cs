using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>Any text.</summary>
internal sealed class TextType : ScalarType<string>
{
    public static readonly TextType Any = new();

    public override string Words => "text";

    /// <summary>
    /// Returns what would be right instead of an invalid text, in words that follow "expected"; null if the text is valid.
    /// </summary>
    public Func<string, string?> Problem { get; init; } = _ => null;

    protected override string Expected => "a text";

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        value = text;
        if (Problem(text) is not { } right)
            return true;
        hint = $"expected {right}";
        return false;
    }
}
