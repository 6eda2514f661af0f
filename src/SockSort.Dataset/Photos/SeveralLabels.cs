using System.Globalization;

namespace SockSort.Dataset.Photos;

/// <summary>Says what several numbers are that stand where one number is a photo's class.</summary>
internal static class SeveralLabels
{
    // mxnet/image/detection.py: the width of the header, the width of an object, then the objects: class, left, top, right, bottom, ...
    private const int LeastHeader = 2;
    private const int LeastObject = 5;
    private const int MostShown = 8;

    /// <param name="labels">More than one.</param>
    public static string Describe(IReadOnlyList<float> labels)
    {
        var shown = string.Join(' ', labels.Take(MostShown).Select(label => label.ToString("0.###", CultureInfo.InvariantCulture)));
        var numbers = $"{labels.Count} numbers a photo ({shown}{(labels.Count > MostShown ? " ..." : "")})";
        if (IsDetection(labels))
            return $"has {numbers} as its label: a pack for detection, objects with their corners, where one number is expected, the class";
        var isHot = labels.All(label => label is 0 or 1);
        var kind = isHot ? "multi-label or one-hot" : "several labels";
        return $"has {numbers} as its label: {kind}, where one number is expected, the class";
    }

    private static bool IsDetection(IReadOnlyList<float> labels)
    {
        if (!(labels[0] >= LeastHeader && labels[1] >= LeastObject && labels[0] < labels.Count))
            return false;
        return (labels.Count - labels[0]) % labels[1] == 0;
    }
}
