using System.Net;
using System.Text;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;

namespace SockSort.Dataset.Checking;

/// <summary>Pages with photos that open without a network: style and thumbnails are inside.</summary>
internal sealed class PhotoPage
{
    private const int ThumbnailPixels = 160;
    private const int ThumbnailQuality = 75;

    private readonly StringBuilder _body = new();
    private readonly string _title;

    public PhotoPage(string title)
    {
        _title = title;
        _body.Append($"<h1>{Text(title)}</h1>\n");
    }

    public void Section(string heading) => _body.Append($"<h2>{Text(heading)}</h2>\n");

    public void Paragraph(string text) => _body.Append($"<p>{Text(text)}</p>\n");

    public void Table(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows)
    {
        _body.Append("<table><thead>").Append(Row("th", head)).Append("</thead><tbody>");
        foreach (var row in rows)
            _body.Append(Row("td", row));
        _body.Append("</tbody></table>\n");
    }

    public void StartPhotos() => _body.Append("<div class=\"photos\">\n");

    public void EndPhotos() => _body.Append("</div>\n");

    /// <summary>A photo with what is written below it; where it cannot be decoded, a plain field in its place.</summary>
    public void Photo(byte[] photo, string caption)
    {
        var thumbnail = ThumbnailOf(photo, caption);
        var picture = thumbnail is null
            ? "<div class=\"none\">no picture</div>"
            : $"<img alt=\"{Text(caption)}\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(thumbnail)}\">";
        _body.Append($"<figure>{picture}<figcaption>{Text(caption)}</figcaption></figure>\n");
    }

    public override string ToString() => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Text(_title)}}</title>
        <style>
        :root { color-scheme: light dark; --line: #8884; }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
        table { border-collapse: collapse; }
        td, th { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--line); }
        td:last-child, th:last-child { padding-right: 0; }
        .photos { display: flex; flex-wrap: wrap; gap: .75rem; }
        figure { margin: 0; width: {{ThumbnailPixels}}px; } figure img, figure .none { max-width: 100%; border-radius: 4px; }
        .none { height: 100px; display: grid; place-items: center; border: 1px dashed var(--line); }
        figcaption { font-size: .75rem; overflow-wrap: anywhere; }
        </style>
        </head>
        <body>
        {{_body}}</body>
        </html>

        """;

    private static string Row(string cell, IEnumerable<string> values) =>
        $"<tr>{string.Concat(values.Select(value => $"<{cell}>{Text(value)}</{cell}>"))}</tr>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static byte[]? ThumbnailOf(byte[] photo, string name)
    {
        try
        {
            return Thumbnail.Encode(photo, name, ThumbnailPixels, ThumbnailQuality);
        }
        catch (PictureException)
        {
            return null;
        }
    }
}
