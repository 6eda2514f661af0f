using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Imaging.Decoding;
using SockSort.Models.Inference;
using Spectre.Console;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort classify</c>: recognises the sock in each picture.</summary>
internal static class ClassifyCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The model package, here or s3://" };
    private static readonly Argument<string[]> Pictures = new("PICTURE")
    {
        Description = "JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC or BMP",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print an array with picture, label, probability, unknown (0 = surely a taught sock, 1 = surely none), and the "
            + "probability of each label",
    };
    private static readonly Option<int> Threads = ThreadsOption.Create();

    public static Command Create()
    {
        var command = new Command("classify", """
            Says which sock each picture shows. A picture that cannot be read is named; the others are classified, and the command ends
            with 1.

            Example:
              socksort classify model.tar.gz sock.jpg
            """)
        { Model, Pictures, Json, Threads };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var package = await ModelFile.ReadAsync(line.GetRequiredValue(Model), cancel);
        using var classifier = new Classifier(package, new InferenceOptions { Threads = line.GetValue(Threads) });
        var rule = RejectionRule.Of(package.Card);
        var (answers, isWhole) = await Task.Run(() => ClassifyAll(line, classifier, rule, cancel), CancellationToken.None);
        var output = line.InvocationConfiguration.Output;
        if (line.GetValue(Json))
            output.WriteLine(JsonOutput.Of(answers));
        else if (answers.Count > 0)
            Consoles.For(output).Write(TableOf(answers));
        return isWhole ? ExitCode.Done : ExitCode.Failed;
    }

    private static (List<Answer> Answers, bool IsWhole) ClassifyAll(
        ParseResult line, Classifier classifier, RejectionRule? rule, CancellationToken cancel)
    {
        var answers = new List<Answer>();
        var isWhole = true;
        foreach (var picture in line.GetRequiredValue(Pictures))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var best = classifier.Classify(PictureReader.Read(picture));
                answers.Add(new Answer(
                    picture, best.Label, best.Probability, best.Unknown, rule?.Rejects(best), SharesOf(classifier)));
            }
            catch (PictureException error)
            {
                line.InvocationConfiguration.Error.WriteLine($"socksort: {error.Message}");
                isWhole = false;
            }
        }
        return (answers, isWhole);
    }

    private static Dictionary<string, float> SharesOf(Classifier classifier)
    {
        var shares = new Dictionary<string, float>(StringComparer.Ordinal);
        for (var label = 0; label < classifier.Labels.Count; label++)
            shares[classifier.Labels[label]] = classifier.Probabilities[label];
        return shares;
    }

    private static Table TableOf(List<Answer> answers)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("picture", "label", "probability", "unknown", "else");
        table.Columns[2].RightAligned();
        table.Columns[3].RightAligned();
        foreach (var answer in answers)
        {
            var others = answer.Probabilities.Where(share => share.Key != answer.Label && share.Value >= 0.01f)
                .OrderByDescending(share => share.Value)
                .Take(2);
            _ = table.AddRow(
                new Text(answer.Picture), new Text(answer.Label), new Text(Percents.Of(answer.Probability, "0.0")),
                new Text(UnknownOf(answer)),
                new Text(string.Join(", ", others.Select(share => $"{share.Key} {Percents.Of(share.Value, "0.0")}"))));
        }
        return table;
    }

    private static string UnknownOf(Answer answer)
    {
        var share = answer.Unknown is { } unknown ? Percents.Of(unknown, "0.0") : "-";
        return answer.IsUnknown == true ? $"{share}, unknown" : share;
    }

    /// <param name="Unknown">Null where the model does not say it.</param>
    /// <param name="IsUnknown">Whether it is at the model's threshold or beyond; null where the model has none.</param>
    private sealed record Answer(
        string Picture, string Label, float Probability, float? Unknown, bool? IsUnknown, Dictionary<string, float> Probabilities);
}
