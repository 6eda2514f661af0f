using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>Any text.</summary>
internal sealed class TextType : ScalarType<string>
{
    public static readonly TextType Any = new();

    public override string Words => "text";

    /// <summary>What would be right in place of a text, in words that follow "expected"; null: it can be used.</summary>
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
