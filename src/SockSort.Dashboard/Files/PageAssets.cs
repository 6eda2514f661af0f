using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SockSort.Dashboard.Files;

/// <summary>The files that pages load. All of them lie in this assembly: no request leaves the machine.</summary>
internal static class PageAssets
{
    /// <summary>The path of the files below the dashboard's.</summary>
    public const string Path = "/assets";

    private const string Prefix = "SockSort.Dashboard.Assets.";

    // Their addresses hold a version, so a browser need not ask for them again.
    private const string ForAYear = "public, max-age=31536000, immutable";

    private static readonly Lazy<IReadOnlyDictionary<string, PageAsset>> All = new(() => typeof(PageAssets).Assembly
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], Load));

    /// <summary>The address of a file for a page, relative to the dashboard's.</summary>
    public static string AddressOf(string name) => $"{Path[1..]}/{name}?v={All.Value[name].Version}";

    /// <summary>Sends a file; 404 where there is none of that name.</summary>
    public static Task SendAsync(HttpContext context, string name)
    {
        var response = context.Response;
        if (!All.Value.TryGetValue(name, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        response.ContentType = asset.ContentType;
        response.Headers.CacheControl = ForAYear;
        response.Headers.Vary = "Accept-Encoding";
        var takesBrotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var body = takesBrotli && asset.Brotli is { } brotli ? brotli : asset.Bytes;
        if (body == asset.Brotli)
            response.Headers.ContentEncoding = "br";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static PageAsset Load(string resource)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var version = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
        var brotli = Compressed(bytes);
        return new PageAsset(TypeOf(resource), bytes, brotli.Length < bytes.Length ? brotli : null, version);
    }

    // Quality 6: a higher one saves little and takes much longer at the first page.
    private static byte[] Compressed(byte[] bytes)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out var length, quality: 6, window: 22) ? compressed[..length] : bytes;
    }

    private static string TypeOf(string resource) => System.IO.Path.GetExtension(resource) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
