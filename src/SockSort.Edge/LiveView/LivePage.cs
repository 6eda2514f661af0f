using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SockSort.Edge.LiveView;

/// <summary>HTML page of the live view. Style and script are inline, and the page loads nothing from other sites.</summary>
internal sealed class LivePage
{
    private const int ViewerDigits = 16;

    // The parts of the page before and after the viewer id, which is new for each response.
    private readonly string[] _html;

    private LivePage(string[] html, string contentSecurityPolicy)
    {
        _html = html;
        ContentSecurityPolicy = contentSecurityPolicy;
    }

    /// <summary>Policy that lets a browser use only this page's own style and script.</summary>
    public string ContentSecurityPolicy { get; }

    public static LivePage For(LiveViewOptions options)
    {
        string style = Resource("live.css"), script = Resource("live.js");
        var html = Resource("live.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal)
            .Replace("{{open}}", options.IsShownToAll ? Resource("open.html") : "", StringComparison.Ordinal)
            .Replace("{{resolutions}}", Resolutions(options), StringComparison.Ordinal)
            .Split("{{viewer}}");
        // The camera's name is filled in last, so that a placeholder in it stays plain text.
        for (var at = 0; at < html.Length; at++)
            html[at] = html[at].Replace("{{camera}}", WebUtility.HtmlEncode(options.CameraName), StringComparison.Ordinal);
        var policy = "default-src 'none'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; " +
            $"style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'; " +
            $"frame-ancestors {new Embedding(options.Embedders).FrameAncestors}";
        return new LivePage(html, policy);
    }

    /// <summary>The page in UTF-8, with a new random viewer id for the stream that it opens.</summary>
    public byte[] Html() => Encoding.UTF8.GetBytes(string.Join(RandomNumberGenerator.GetHexString(ViewerDigits, lowercase: true), _html));

    private static string Resolutions(LiveViewOptions options) => string.Concat(LiveResolution.All.Select(resolution =>
        $"<option{(resolution == options.Resolution ? " selected" : "")}>{resolution.Name}</option>"));

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(LivePage).Assembly.GetManifestResourceStream($"SockSort.Edge.LiveView.Page.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // HTML parsers read CRLF as LF, and browsers compute the hash from what was read.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
