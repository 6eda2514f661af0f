using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SockSort.Edge.LiveView;

/// <summary>The page of the live view, whole in itself: style and script stand in it, nothing comes from elsewhere.</summary>
internal sealed class LivePage
{
    private const int ViewerDigits = 16;

    // Before and after the name that a page gives itself.
    private readonly string[] _html;

    private LivePage(string[] html, string contentSecurityPolicy)
    {
        _html = html;
        ContentSecurityPolicy = contentSecurityPolicy;
    }

    /// <summary>Lets a browser run this page's own style and script and no other.</summary>
    public string ContentSecurityPolicy { get; }

    public static LivePage For(LiveViewOptions options)
    {
        string style = Resource("live.css"), script = Resource("live.js");
        var html = Resource("live.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal)
            .Replace("{{open}}", options.IsShownToAll ? Resource("open.html") : "", StringComparison.Ordinal)
            .Split("{{viewer}}");
        // The camera's name goes last: what it says is text, and no place for anything.
        for (var at = 0; at < html.Length; at++)
            html[at] = html[at].Replace("{{camera}}", WebUtility.HtmlEncode(options.CameraName), StringComparison.Ordinal);
        var policy = "default-src 'none'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
            $"style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'; " +
            $"frame-ancestors {new Embedding(options.Embedders).FrameAncestors}";
        return new LivePage(html, policy);
    }

    /// <summary>UTF-8; with a name of its own for the stream that it opens.</summary>
    public byte[] Html() => Encoding.UTF8.GetBytes(string.Join(RandomNumberGenerator.GetHexString(ViewerDigits, lowercase: true), _html));

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(LivePage).Assembly.GetManifestResourceStream($"SockSort.Edge.LiveView.Page.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // The HTML parser reads CRLF as LF, and the hash is over what it read.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
