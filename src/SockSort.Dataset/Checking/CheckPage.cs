using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Checking;

/// <summary>The check's report as a page with thumbnails.</summary>
public static class CheckPage
{
    // A page of many thousand thumbnails opens slowly and is read by nobody; the rest is counted.
    private const int MostPhotosOfAKind = 200;

    /// <summary>The page as HTML that opens offline.</summary>
    public static string Render(CheckReport report)
    {
        var page = new PhotoPage($"Check of {report.Root}");
        page.Paragraph($"{report.Photos.Count} photos in {report.Classes.Count} folders, {report.Findings.Count} findings.");
        foreach (var ignored in report.Ignored)
            page.Paragraph($"Left out: {ignored}");
        page.Section("Folders");
        page.Table(["folder", "photos"], report.Classes.Select(row => new[] { row.Class, $"{row.Photos}" }));
        foreach (var kind in report.Findings.GroupBy(finding => finding.Kind))
            RenderKind(page, kind);
        return page.ToString();
    }

    /// <summary>How a kind is called in tables and pages.</summary>
    public static string NameOf(FindingKind kind) => kind switch
    {
        FindingKind.Unreadable => "unreadable",
        FindingKind.InTrainAndValidation => "in train and validation",
        FindingKind.InTwoClasses => "in two classes",
        FindingKind.ExactDuplicate => "exact duplicate",
        FindingKind.NearDuplicate => "near duplicate",
        FindingKind.Tiny => "tiny",
        FindingKind.Blurred => "blurred",
        _ => "unbalanced",
    };

    private static void RenderKind(PhotoPage page, IGrouping<FindingKind, Finding> findings)
    {
        page.Section($"{NameOf(findings.Key)} ({findings.Count()})");
        var shown = 0;
        foreach (var finding in findings)
        {
            page.Paragraph(finding.Detail);
            if (shown < MostPhotosOfAKind)
                RenderPhotos(page, finding);
            shown += finding.Facts.Count;
        }
        if (shown > MostPhotosOfAKind)
            page.Paragraph("Further photos of this kind are named in the table of 'dataset check' and in its --json.");
    }

    private static void RenderPhotos(PhotoPage page, Finding finding)
    {
        page.StartPhotos();
        foreach (var facts in finding.Facts)
            page.Photo(Bytes(facts.Photo), facts.Path);
        page.EndPhotos();
    }

    private static byte[] Bytes(Photo photo)
    {
        try
        {
            return photo.Read();
        }
        catch (PictureException)
        {
            return [];
        }
    }
}
