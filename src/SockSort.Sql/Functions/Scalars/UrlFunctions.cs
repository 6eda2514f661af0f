using System.Text;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Parts of URLs, and their encoding.</summary>
internal sealed class UrlFunctions : IFunctionFamily
{
    public string Title => "URLs";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("URL_EXTRACT_PROTOCOL", "the scheme of a URL; NULL without one")
            .Example("URL_EXTRACT_PROTOCOL('https://socks.example/left?size=42#top')", "https")
            .Example("URL_EXTRACT_PROTOCOL('socks.example')", "null")
            .On((string url) => JavaUri.Parse(url).Scheme),
        new ScalarFunction("URL_EXTRACT_HOST", "the host of a URL; NULL without one")
            .Example("URL_EXTRACT_HOST('https://me@socks.example:8080/left')", "socks.example")
            .On((string url) => JavaUri.Parse(url).Host),
        new ScalarFunction("URL_EXTRACT_PORT", "the port of a URL; NULL without one")
            .Example("URL_EXTRACT_PORT('https://socks.example:8080/left')", "8080")
            .Example("URL_EXTRACT_PORT('https://socks.example')", "null")
            .On((string url) => JavaUri.Parse(url).Port),
        new ScalarFunction("URL_EXTRACT_PATH", "the path of a URL, decoded; empty without one")
            .Example("URL_EXTRACT_PATH('https://socks.example/left%20one?size=42')", "/left one")
            .On((string url) => JavaUri.Parse(url).Path),
        new ScalarFunction("URL_EXTRACT_QUERY", "the query of a URL, decoded; NULL without one")
            .Example("URL_EXTRACT_QUERY('https://socks.example/left?size=42&wool')", "size=42&wool")
            .On((string url) => JavaUri.Parse(url).Query),
        new ScalarFunction(
            "URL_EXTRACT_PARAMETER", "the value of a parameter of a URL's query; empty for one without value; NULL where it is not there")
            .Example("URL_EXTRACT_PARAMETER('https://socks.example/left?size=42&wool', 'size')", "42")
            .Example("URL_EXTRACT_PARAMETER('https://socks.example/?wool', 'wool')", "")
            .On((string url, string name) => Parameter(JavaUri.Parse(url).Query, name)),
        new ScalarFunction("URL_EXTRACT_FRAGMENT", "the fragment of a URL, decoded; NULL without one")
            .Example("URL_EXTRACT_FRAGMENT('https://socks.example/left#top')", "top")
            .On((string url) => JavaUri.Parse(url).Fragment),
        new ScalarFunction("URL_ENCODE_PARAM", "a text as a value of a query (application/x-www-form-urlencoded)")
            .Example("URL_ENCODE_PARAM('left & right')", "left+%26+right")
            .On((string text) => Encode(text)),
        new ScalarFunction("URL_DECODE_PARAM", "what a value of a query stands for (application/x-www-form-urlencoded)")
            .Example("URL_DECODE_PARAM('left+%26+right')", "left & right")
            .On((string text) => PercentCode.Decode(text, plusIsBlank: true)),
    ];

    private static string? Parameter(string? query, string name)
    {
        foreach (var parameter in query?.Split('&') ?? [])
        {
            var at = parameter.IndexOf('=');
            if ((at < 0 ? parameter : parameter[..at]) == name)
                return at < 0 ? "" : parameter[(at + 1)..];
        }
        return null;
    }

    private static string Encode(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is '.' or '-' or '*' or '_')
                _ = result.Append((char)b);
            else
                _ = b == ' '
                    ? result.Append('+')
                    : result.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return result.ToString();
    }
}
