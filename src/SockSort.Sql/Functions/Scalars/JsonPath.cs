using System.Globalization;
using System.Text;
using System.Text.Json;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Parses and follows JSON paths: <c>$.sock.sizes[0]</c>, <c>$["left sock"]</c>.</summary>
internal static class JsonPath
{
    /// <returns>The names and numbers of the path, in order.</returns>
    /// <exception cref="FunctionException">The text is no path.</exception>
    public static IReadOnlyList<string> Parse(string path)
    {
        if (!path.StartsWith('$'))
            throw Wrong(path, 0);
        var steps = new List<string>();
        for (var at = 1; at < path.Length;)
        {
            if (char.IsWhiteSpace(path[at]))
                at++;
            else if (path[at] == '.')
                steps.Add(Bare(path, ref at));
            else if (path[at] == '[')
                steps.Add(Bracketed(path, ref at));
            else
                throw Wrong(path, at);
        }
        return steps;
    }

    /// <summary>Finds the value at the end of the path; null for none.</summary>
    public static JsonElement? Follow(JsonElement root, IReadOnlyList<string> steps)
    {
        var at = root;
        foreach (var step in steps)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
                && index >= 0 && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }
        return at;
    }

    private static string Bare(string path, ref int at)
    {
        var start = ++at;
        while (at < path.Length && !char.IsWhiteSpace(path[at]) && path[at] is not ('.' or '[' or ']' or '"'))
            at++;
        return at > start ? path[start..at] : throw Wrong(path, at);
    }

    private static string Bracketed(string path, ref int at)
    {
        at++;
        var step = at < path.Length && path[at] == '"' ? Quoted(path, ref at) : path[at..Math.Max(at, path.IndexOf(']', at))].Trim();
        at = path.IndexOf(']', at);
        return at >= 0 && step.Length > 0 && path[at++] == ']' ? step : throw Wrong(path, Math.Max(at, 0));
    }

    /// <summary>Reads up to the closing quote; a backslash keeps the character after it.</summary>
    private static string Quoted(string path, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < path.Length && path[at] != '"'; at++)
        {
            if (path[at] == '\\' && at + 1 < path.Length)
                at++;
            _ = text.Append(path[at]);
        }
        return at < path.Length ? text.ToString() : throw Wrong(path, at);
    }

    private static FunctionException Wrong(string path, int at) =>
        new($"'{path}' is no JSON path: character {at + 1} does not fit; write $.name, $[0] or $[\"name\"]");
}
