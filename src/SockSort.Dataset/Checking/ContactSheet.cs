using System.Globalization;
using SockSort.Dataset.RecordIO;

namespace SockSort.Dataset.Checking;

/// <summary>The photos of a <c>.rec</c> side by side on a page that opens offline.</summary>
public static class ContactSheet
{
    /// <param name="reader">Read until <paramref name="most"/> photos are shown; the rest is counted.</param>
    /// <param name="title">Usually the file's name.</param>
    /// <param name="most">Photos on the page.</param>
    /// <returns>The page as HTML, how many photos the file holds, and how many of them are shown.</returns>
    public static (string Html, int Photos, int Shown) Render(RecordReader reader, string title, int most)
    {
        var sheet = new PhotoPage(title);
        var counts = new SortedDictionary<float, int>();
        var photos = 0;
        sheet.StartPhotos();
        while (reader.Read())
        {
            if (!ImageRecord.TryParse(reader.Record, out var image))
                continue;
            if (photos++ < most)
                sheet.Photo(
                    image.Photo.ToArray(),
                    string.Create(CultureInfo.InvariantCulture, $"id {image.Id}, label {string.Join(' ', image.Labels())}"));
            counts[image.Labels()[0]] = counts.GetValueOrDefault(image.Labels()[0]) + 1;
        }
        sheet.EndPhotos();
        if (photos > most)
            sheet.Paragraph($"{photos - most} more photos are not shown; --most shows more.");
        sheet.Section("Labels");
        sheet.Table(["label", "photos"], counts.Select(row => new[] { row.Key.ToString(CultureInfo.InvariantCulture), $"{row.Value}" }));
        return (sheet.ToString(), photos, Math.Min(photos, most));
    }
}
