using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SockSort.Edge.LiveView;

/// <summary>The page of the live view, whole in itself: style and script stand in it, nothing comes from elsewhere.</summary>
internal sealed class LivePage
{
    private LivePage(byte[] html, string contentSecurityPolicy)
    {
        Html = html;
        ContentSecurityPolicy = contentSecurityPolicy;
    }

    /// <summary>UTF-8.</summary>
    public byte[] Html { get; }

    /// <summary>Lets a browser run this page's own style and script and no other.</summary>
    public string ContentSecurityPolicy { get; }

    public static LivePage For(string cameraName)
    {
        string style = Resource("live.css"), script = Resource("live.js");
        var html = Resource("live.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal)
            .Replace("{{camera}}", WebUtility.HtmlEncode(cameraName), StringComparison.Ordinal);
        var policy = "default-src 'none'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
            $"style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new LivePage(Encoding.UTF8.GetBytes(html), policy);
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(LivePage).Assembly.GetManifestResourceStream($"SockSort.Edge.LiveView.Page.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // The HTML parser reads CRLF as LF, and the hash is over what it read.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
