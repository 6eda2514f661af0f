using System.Globalization;
using SockSort.Dataset.Lists;
using SockSort.Dataset.RecordIO;

namespace SockSort.Training.Evaluation;

/// <summary>Pictures of a <c>.lst</c> or <c>.rec</c>; their numbers are the model's classes, as a training on the same list gave them.</summary>
internal static class NumberedPictures
{
    /// <exception cref="EvaluationException">A line or a record is at fault; names it.</exception>
    public static EvaluationPicture[] Read(string source, string? root, IReadOnlyList<string> modelLabels)
    {
        try
        {
            return [.. Path.GetExtension(source).Equals(".rec", StringComparison.OrdinalIgnoreCase)
                ? OfRecords(source, modelLabels)
                : OfList(source, root ?? Path.GetDirectoryName(Path.GetFullPath(source))!, modelLabels)];
        }
        catch (RecordIOException error)
        {
            throw EvaluationErrors.BadData(error);
        }
    }

    private static IEnumerable<EvaluationPicture> OfList(string source, string root, IReadOnlyList<string> labels)
    {
        using var list = ListReader.Open(source);
        while (list.TryRead(out var line, out var problem))
        {
            if (line is not null)
                yield return OfFile(Path.Combine(root, line.Path), LabelOf(line.Labels[0], labels, line.Path));
            else if (!problem!.IsBlank)
                throw EvaluationErrors.BadLine(source, problem.Number, problem.Problem);
        }
    }

    private static IEnumerable<EvaluationPicture> OfRecords(string source, IReadOnlyList<string> labels)
    {
        using var records = RecordReader.Open(source);
        while (records.Read())
        {
            var (name, offset) = ($"{source} at byte {records.Offset}", records.Offset);
            if (!ImageRecord.TryParse(records.Record, out var image))
                throw EvaluationErrors.NoPhoto(name);
            yield return new EvaluationPicture(name, LabelOf(image.Labels()[0], labels, name), () => PhotoAt(source, offset));
        }
    }

    private static EvaluationPicture OfFile(string path, string label) => new(path, label, () => File.ReadAllBytes(path));

    private static byte[] PhotoAt(string source, long offset)
    {
        using var records = RecordReader.Open(source);
        records.Seek(offset);
        _ = records.Read();
        return ImageRecord.Parse(records.Record).Photo.ToArray();
    }

    private static string LabelOf(float number, IReadOnlyList<string> labels, string name)
    {
        if (!(number >= 0 && number == MathF.Floor(number) && number < 1_000_000))
            throw EvaluationErrors.NoClass(name, number);
        return number < labels.Count ? labels[(int)number] : string.Create(CultureInfo.InvariantCulture, $"class {number}");
    }
}
