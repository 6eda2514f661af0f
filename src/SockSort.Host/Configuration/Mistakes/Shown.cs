using System.Text;

namespace SockSort.Host.Configuration.Mistakes;

/// <summary>Prepares text of a file for a message: short, and without control characters that a terminal would interpret.</summary>
internal static class Shown
{
    private const int MostCharacters = 80;

    public static string Text(string text)
    {
        var shown = new StringBuilder();
        foreach (var letter in text.Length > MostCharacters ? text.AsSpan(0, MostCharacters) : text)
            _ = shown.Append(IsPlain(letter) ? letter : '?');
        return text.Length > MostCharacters ? shown.Append('…').ToString() : shown.ToString();
    }

    // Surrogates are replaced too, since half of a pair may be cut off.
    private static bool IsPlain(char letter) =>
        !char.IsControl(letter) && !char.IsSurrogate(letter) && letter is not ('\u2028' or '\u2029');
}
