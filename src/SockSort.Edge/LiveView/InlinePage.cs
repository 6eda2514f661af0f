using System.Security.Cryptography;
using System.Text;

namespace SockSort.Edge.LiveView;

/// <summary>An HTML page whose style and script are inline: it loads nothing, and nothing of other sites runs in it.</summary>
/// <param name="Html">The page; placeholders that are not of this class are still in it.</param>
/// <param name="ContentSecurityPolicy">Policy that lets a browser use only this page's own style and script.</param>
internal sealed record InlinePage(string Html, string ContentSecurityPolicy)
{
    /// <param name="page">Resource of the page, with <c>{{style}}</c> and <c>{{script}}</c> where these belong.</param>
    /// <param name="styles">Resources of the style, in their order.</param>
    /// <param name="scripts">Resources of the script, in their order.</param>
    /// <param name="options">Say which sites may embed the page.</param>
    public static InlinePage Of(string page, string[] styles, string[] scripts, LiveViewOptions options)
    {
        string style = Joined(styles), script = Joined(scripts);
        var html = Resource(page)
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
        var policy = "default-src 'none'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; " +
            $"style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'; " +
            $"frame-ancestors {new Embedding(options.Embedders).FrameAncestors}";
        return new InlinePage(html, policy);
    }

    /// <summary>A file of the folder Page.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(InlinePage).Assembly.GetManifestResourceStream($"SockSort.Edge.LiveView.Page.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // HTML parsers read CRLF as LF, and browsers compute the hash from what was read.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Joined(string[] names) => string.Concat(names.Select(Resource));

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
