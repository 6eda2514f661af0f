namespace SockSort.Dataset.Lists;

/// <summary>Text as Python's <c>str</c> handles and shows it.</summary>
internal static class PythonText
{
    /// <summary>Strips as <c>str.strip()</c> does: Unicode's white space, and the four separators U+001C to U+001F.</summary>
    public static string Strip(string text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool IsSpace(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001c' and <= '\u001f';
}
