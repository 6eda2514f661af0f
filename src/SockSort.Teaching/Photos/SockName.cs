using System.Globalization;
using SockSort.Dataset.Photos;

namespace SockSort.Teaching.Photos;

/// <summary>A sock's name as people give it, and the folder of its photos: <c>Blue Stripes</c>, <c>class-blue-stripes</c>.</summary>
public sealed record SockName
{
    /// <summary>Most letters of a name.</summary>
    public const int MostLetters = 60;

    private const string Prefix = "class-";

    private SockName(string folder) => (Folder, Label) = (folder, ClassLabel.Of(folder));

    /// <summary>The empty scene.</summary>
    public static SockName Background { get; } = new(Prefix + "blank");

    /// <summary>The folder's name.</summary>
    public string Folder { get; }

    /// <summary>The label that a model gives it; each word with a capital first letter.</summary>
    public string Label { get; }

    /// <summary>Whether it is the empty scene.</summary>
    public bool IsBackground => Label == Background.Label;

    /// <exception cref="TeachingException">The name is empty, too long, or holds what no file or message should.</exception>
    public static SockName Parse(string name)
    {
        var words = name.Split([' ', '\t', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Join('-', words);
        if (joined.Length == 0)
            throw TeachingErrors.NoName();
        if (joined.Length > MostLetters)
            throw TeachingErrors.NameTooLong(joined.Length, MostLetters);
        if (joined.Cast<char?>().FirstOrDefault(letter => !IsUsable(letter!.Value)) is { } other)
            throw TeachingErrors.NameLetter(joined, other);
        return new SockName(Prefix + joined.ToLower(CultureInfo.InvariantCulture));
    }

    private static bool IsUsable(char letter) => letter == '-' || char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
