using System.Net.Http.Headers;
using SockSort.Connect.Configuration;
using SockSort.Connect.Sinks;
using SockSort.Shared;

namespace SockSort.Connect.HttpSink;

/// <summary>The checked configuration of an HTTP sink, with secrets filled in.</summary>
/// <param name="Url">The address, with <c>${topic}</c> and <c>${key}</c> still in it.</param>
/// <param name="Headers">Further headers of each request.</param>
/// <param name="Authorization">The Authorization header; null where none is sent, or one is among the headers.</param>
/// <param name="Batch">The most records in one request, and what stands before, between and after them.</param>
internal sealed record HttpSinkConfiguration(
    string Url,
    HttpMethod Method,
    IReadOnlyList<(string Name, string Value)> Headers,
    AuthenticationHeaderValue? Authorization,
    (int Size, string Prefix, string Separator, string Suffix) Batch)
{
    /// <summary>Whether a body is a JSON array, so that each value in it must be JSON.</summary>
    public bool IsJsonArray => Batch is { Size: > 1, Prefix: "[" };

    /// <exception cref="ConnectException">The address, a header or the credentials can't be used.</exception>
    public static HttpSinkConfiguration Of(ConfigValues values) => new(
        UrlOf(values),
        new HttpMethod(values.Text(HttpSinkKeys.Method).ToUpperInvariant()),
        HeadersOf(values),
        AuthorizationOf(values),
        (
            values.Whole(HttpSinkKeys.BatchSize),
            values.Text(HttpSinkKeys.BatchPrefix),
            values.Text(HttpSinkKeys.BatchSeparator),
            values.Text(HttpSinkKeys.BatchSuffix)));

    private static string UrlOf(ConfigValues values)
    {
        var url = values.Text(HttpSinkKeys.Url);
        var example = url.Replace(RecordTexts.Topic, "t", StringComparison.Ordinal)
            .Replace(RecordTexts.Key, "k", StringComparison.Ordinal);
        if (!Uri.TryCreate(example, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw values.Wrong(HttpSinkKeys.Url, "is no address of a web server; write http://HOST:PORT/PATH or https://…");
        if (address.UserInfo.Length > 0)
        {
            throw values.Wrong(HttpSinkKeys.Url,
                $"holds a user; write it as '{HttpSinkKeys.User}' and '{HttpSinkKeys.Password}' with '{HttpSinkKeys.AuthType}'='BASIC'");
        }
        var isOfRecord = url.IndexOf("${", StringComparison.Ordinal) is >= 0 and var first
            && first < url.IndexOf(address.Authority, StringComparison.OrdinalIgnoreCase) + address.Authority.Length;
        if (isOfRecord)
            throw values.Wrong(HttpSinkKeys.Url, "lets a record choose the server; use ${…} in the path or query only");
        return url;
    }

    private static List<(string Name, string Value)> HeadersOf(ConfigValues values)
    {
        var headers = new List<(string Name, string Value)>();
        var separator = values.Text(HttpSinkKeys.HeaderSeparator);
        using var check = new HttpRequestMessage { Content = new ByteArrayContent([]) };
        foreach (var text in (values.Find(HttpSinkKeys.Headers) ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var name = text[..Math.Max(colon, 0)].Trim();
            if (colon < 0 || !Add(check, name, text[(colon + 1)..].Trim()))
                throw values.Wrong(HttpSinkKeys.Headers, $"has a header that can't be used; write Name:value{separator}Name:value");
            headers.Add((name, text[(colon + 1)..].Trim()));
        }
        return headers;
    }

    /// <summary>Adds a header where it belongs: to the request, or to its content.</summary>
    /// <returns>False where no request can have it.</returns>
    public static bool Add(HttpRequestMessage request, string name, string value)
    {
        if (name.Length == 0 || value.Any(char.IsControl))
            return false;
        try
        {
            // The content has a type already, which is replaced.
            _ = request.Content!.Headers.Remove(name);
            return request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        catch (InvalidOperationException)
        {
            // A header of requests has been looked for in the content's.
            return request.Headers.TryAddWithoutValidation(name, value);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static AuthenticationHeaderValue? AuthorizationOf(ConfigValues values)
    {
        var (user, password) = (values.Find(HttpSinkKeys.User), values.Find(HttpSinkKeys.Password));
        if (!values.Text(HttpSinkKeys.AuthType).Equals("BASIC", StringComparison.OrdinalIgnoreCase))
        {
            return user is null && password is null
                ? null
                : throw values.Wrong(HttpSinkKeys.AuthType, "is NONE, and a user or password is given; use BASIC");
        }
        if (user is null)
            throw values.Wrong(HttpSinkKeys.User, "is missing; BASIC needs it");
        return BasicAuthentication.Of(user, password);
    }
}
