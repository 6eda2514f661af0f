namespace SockSort.Dataset.Photos;

/// <summary>The shown name of a class folder.</summary>
public static class ClassLabel
{
    private const string Prefix = "class-";

    // What the program itself calls it when nothing is shown; docs/reference/model-package.md.
    private const string Background = "Blank";

    /// <summary>
    /// Whether a program that makes files of labels would leave its folder by this one: <c>.</c>, <c>..</c>, or one with <c>/</c> or
    /// <c>\</c> in it.
    /// </summary>
    public static bool IsPath(string label) => label is "." or ".." || label.AsSpan().ContainsAny('/', '\\');

    /// <summary>
    /// The folder's name without <c>class-</c>, <c>-</c> and <c>_</c> as blanks, each word with a capital first letter:
    /// <c>class-google</c> is <c>Google</c>, <c>running_science</c> is <c>Running Science</c>. Empty where nothing is left.
    /// <c>BLANK</c>, <c>blank</c> and <c>Class-Blank</c> are <c>Blank</c>, the background, however they are written.
    /// </summary>
    public static string Of(string folder)
    {
        var name = folder.StartsWith(Prefix, StringComparison.Ordinal) ? folder[Prefix.Length..] : folder;
        // A line break would tear labels.txt apart; other control characters have no place in a message either.
        var words = new string([.. name.Select(letter => letter is '-' or '_' || char.IsControl(letter) ? ' ' : letter)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var label = string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var isBackground = label.Equals(Background, StringComparison.OrdinalIgnoreCase)
            || label.Equals("Class " + Background, StringComparison.OrdinalIgnoreCase);
        return isBackground ? Background : label;
    }
}
