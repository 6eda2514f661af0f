using System.Text.Json;

namespace SockSort.Edge.Recognition.Orders;

/// <summary>
/// An order to run another model: <c>{"path": "new.tar.gz", "sha256": "…"}</c> or <c>{"url": "https://…", "sha256": "…"}</c>.
/// </summary>
/// <param name="Path">A file; a relative one begins at the model's folder. Null where <see cref="Url"/> is given.</param>
/// <param name="Url">Begins with <c>https://</c>, without user and password. Null where <see cref="Path"/> is given.</param>
/// <param name="Sha256">Of the file, 64 lower-case hexadecimal digits.</param>
public sealed record ModelOrder(string? Path, Uri? Url, string Sha256)
{
    private const int MostBytes = 4096;
    private const int HashDigits = 64;

    /// <exception cref="ModelRefusedException">It is no such JSON.</exception>
    public static ModelOrder Parse(byte[] utf8)
    {
        if (utf8.Length > MostBytes)
            throw RecognitionErrors.OrderTooLong(utf8.Length, MostBytes);
        var fields = FieldsOf(utf8);
        foreach (var name in fields.Keys.Where(name => name is not ("path" or "url" or "sha256")))
            throw RecognitionErrors.OrderUnreadable($"has the field '{name}'");
        if (!fields.TryGetValue("sha256", out var hash) || hash.Length != HashDigits || !hash.All(char.IsAsciiHexDigit))
            throw RecognitionErrors.OrderUnreadable("has no \"sha256\" of 64 hexadecimal digits");
        var (path, url) = (fields.GetValueOrDefault("path"), fields.GetValueOrDefault("url"));
        if (path is null == url is null)
            throw RecognitionErrors.OrderUnreadable("has not exactly one of \"path\" and \"url\"");
        if (path is not null && (path.Length == 0 || path.Any(char.IsControl)))
            throw RecognitionErrors.OrderUnreadable("has a \"path\" that is empty or holds control characters");
        return new ModelOrder(path, url is null ? null : AddressOf(url), hash.ToLowerInvariant());
    }

    private static Dictionary<string, string> FieldsOf(byte[] utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw RecognitionErrors.OrderUnreadable("is no JSON object");
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var field in json.RootElement.EnumerateObject())
            {
                if (field.Value.ValueKind != JsonValueKind.String || !fields.TryAdd(field.Name, field.Value.GetString()!))
                    throw RecognitionErrors.OrderUnreadable($"has '{field.Name}' twice, or not as a text");
            }
            return fields;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw RecognitionErrors.OrderUnreadable("is no JSON");
        }
    }

    private static Uri AddressOf(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Host.Length == 0)
            throw RecognitionErrors.OrderUnreadable("has a \"url\" that does not begin with https://");
        return address.UserInfo.Length == 0
            ? address
            : throw RecognitionErrors.OrderUnreadable("has a \"url\" with user or password in it");
    }
}
