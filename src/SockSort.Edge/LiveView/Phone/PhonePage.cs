using System.Net;
using System.Text;

namespace SockSort.Edge.LiveView.Phone;

/// <summary>HTML page that sends what a phone's camera sees.</summary>
/// <param name="Html">In UTF-8.</param>
/// <param name="ContentSecurityPolicy">Policy that lets a browser use only this page's own style and script.</param>
internal sealed record PhonePage(byte[] Html, string ContentSecurityPolicy)
{
    public static PhonePage For(LiveViewOptions options)
    {
        var page = InlinePage.Of("phone.html", ["live.css", "phone.css"], ["colours.js", "phone.js"], options);
        var html = page.Html.Replace("{{camera}}", WebUtility.HtmlEncode(options.CameraName), StringComparison.Ordinal);
        return new PhonePage(Encoding.UTF8.GetBytes(html), page.ContentSecurityPolicy);
    }
}
