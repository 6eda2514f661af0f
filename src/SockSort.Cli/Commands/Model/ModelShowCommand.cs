using System.CommandLine;
using System.Text.Json.Nodes;
using SockSort.Cli.Output;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using Spectre.Console;

namespace SockSort.Cli.Commands.Model;

/// <summary><c>socksort model show</c>: prints the content of a package.</summary>
internal static class ModelShowCommand
{
    private const int MostColumns = 100;

    private static readonly Argument<string> Model = new("MODEL")
    {
        Description = "The model package, here or s3://, or the folder that it was unpacked to",
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print model.json, with the labels and the graph's operators added",
    };

    public static Command Create()
    {
        var command = new Command("show", """
            Shows what is in a model package: labels, what the model reads, how it was trained and measured, hashes.

            Example:
              socksort model show model.tar.gz
            """)
        { Model, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var path = line.GetRequiredValue(Model);
        var package = await ModelFile.ReadAsync(path, cancel);
        var output = line.InvocationConfiguration.Output;
        if (line.GetValue(Json))
            output.WriteLine(JsonOf(package).ToJsonString(JsonOutput.Options));
        else
            Print(Consoles.For(output), path, package);
        return ExitCode.Done;
    }

    private static JsonNode JsonOf(ModelPackage package)
    {
        var card = JsonNode.Parse(package.Card.ToBytes())!;
        card["labels"] = new JsonArray([.. package.Labels.Select(label => JsonValue.Create(label))]);
        card["operators"] = new JsonObject(
            OperatorsOf(package).Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Name, kind.Count)));
        return card;
    }

    private static void Print(IAnsiConsole console, string path, ModelPackage package)
    {
        // At a pipe's width, the figures of all classes would be one line of thousands of columns.
        console.Profile.Width = Math.Min(console.Profile.Width, MostColumns);
        foreach (var group in CardFacts.Of(path, package)
            .Append(new FactGroup("Graph", [.. OperatorsOf(package).Select(kind => (kind.Name, $"{kind.Count}"))])))
        {
            var table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumns("", "");
            foreach (var (name, value) in group.Facts)
                _ = table.AddRow(new Text(name), new Text(value));
            console.MarkupLineInterpolated($"[bold]{group.Heading}[/]");
            console.Write(table);
        }
    }

    private static IEnumerable<(string Name, int Count)> OperatorsOf(ModelPackage package) =>
        OnnxModel.Parse(package.Onnx, "model.onnx").Proto.Graph.Node
        .CountBy(node => node.OpType).OrderByDescending(kind => kind.Value).Select(kind => (kind.Key, kind.Value));
}
