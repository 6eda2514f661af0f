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
        var page = InlinePage.Of("live.html", ["live.css"], ["colours.js", "live.js"], options);
        var html = page.Html
            .Replace("{{open}}", options.IsShownToAll ? InlinePage.Resource("open.html") : "", StringComparison.Ordinal)
            .Replace("{{resolutions}}", Resolutions(options), StringComparison.Ordinal)
            .Split("{{viewer}}");
        // The camera's name is filled in last, so that a placeholder in it stays plain text.
        for (var at = 0; at < html.Length; at++)
            html[at] = html[at].Replace("{{camera}}", WebUtility.HtmlEncode(options.CameraName), StringComparison.Ordinal);
        return new LivePage(html, page.ContentSecurityPolicy);
    }

    /// <summary>The page in UTF-8, with a new random viewer id for the stream that it opens.</summary>
    public byte[] Html() => Encoding.UTF8.GetBytes(string.Join(RandomNumberGenerator.GetHexString(ViewerDigits, lowercase: true), _html));

    private static string Resolutions(LiveViewOptions options) => string.Concat(LiveResolution.All.Select(resolution =>
        $"<option{(resolution == options.Resolution ? " selected" : "")}>{resolution.Name}</option>"));
}
