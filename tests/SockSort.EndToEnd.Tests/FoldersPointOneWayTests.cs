using System.Reflection;
using System.Text.RegularExpressions;

namespace SockSort.EndToEnd.Tests;

public partial class FoldersPointOneWayTests
{
    /// <summary>
    /// For each project its folders in the order in which data flows; the types of one name only types of it and of those before. "." is
    /// the project's own folder.
    /// </summary>
    private static readonly Dictionary<string, string> Ways = new()
    {
        ["Imaging"] = ". Kernels Native Decoding Labels OpenCv Drawing Encoding Synthetic",
        ["Log"] = "Sharing . Memory Sqlite Opening",
        ["Dataset"] = ". Storage RecordIO Lists Im2Rec Photos Checking",
        ["Models"] = ". Onnx Package Inference Learnt Versions Packing",
        ["Teaching"] = ". Photos Choosing Waiting Sessions",
        ["Training"] = "Augmentation . Photos Native Kernels Graph Layers Evaluation Features Head FineTuning Rejection Validation Trainer",
        ["Connect"] = ". Configuration Classes Sinks MqttSource MqttSink HttpSink FileSink Worker",
        ["Sql"] = "Types Values Syntax . Parsing JavaTime Formats Catalog Functions Binding Planning Printing",
        ["Sql.Engine"] = "State Execution BuiltIn Connectors Settings Clients Queries Results Pull Scheduling Statements . Commands",
        ["Sorting"] = "Sightings Ledger Topics Queries Evaluation",
        ["Sql.Testing"] = "Conformance SqlTests Rest Replay",
        ["Mqtt"] = "Addresses . Connections Publishing Receiving Subscribing Broker",
        ["Edge"] = ". Cameras Recognition LiveView Kept Loop HomeAssistant",
        ["Host"] = ". Listening Logging Parts Configuration",
        ["Cli"] =
            "Output Edge Logs Brokers Sql Topics Sorting Parts Recognition Serving Evaluation Training Teach Demo Run Bundles Commands .",
        ["Client"] = ". Rest Results Prompt",
        ["Deploy"] = ". KsqlDb Connectors Flink",
        ["Bench"] = ". Packing Classify Sql Kafka Server Mqtt Edge Dashboard Teach",
        ["Dashboard"] = "Watching Files Layout Pages Serving .",
        ["Server"] = ". Hosting Endpoint Ksql Connectors",
    };

    public static TheoryData<string> Projects => [.. Ways.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_folder_names_only_folders_before_it(string project)
    {
        var way = Ways[project].Split(' ');

        var backward = TypeUses.Of(Assembly.Load(SourceProjects.AssemblyOf(project)))
            .Select(use => (use.User, use.Used, From: FolderOf(project, use.User), To: FolderOf(project, use.Used)))
            .Where(use => Array.IndexOf(way, use.From) < Array.IndexOf(way, use.To))
            .Select(use => $"{use.From}/{use.User.Name} -> {use.To}/{use.Used.Name}");

        AssertNone(backward);
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_folder_stands_in_the_order(string project)
    {
        var root = SourceProjects.FolderOf(project);

        var folders = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Split('/')[0]).Distinct();

        Assert.Empty(folders.Except(Ways[project].Split(' ')));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Namespaces_follow_folders(string project)
    {
        var root = SourceProjects.FolderOf(project);

        var elsewhere = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                Namespace().Match(File.ReadAllText(file)) is { Success: true } match && match.Groups[1].Value != NamespaceOf(root, file));

        AssertNone(elsewhere.Select(file => Path.GetRelativePath(root, file)));
    }

    // All of them in the message: xunit shows the first few of a list only.
    private static void AssertNone(IEnumerable<string> found)
    {
        var lines = found.Order().ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    private static string NamespaceOf(string root, string file)
    {
        var folder = Path.GetRelativePath(Path.GetDirectoryName(root)!, Path.GetDirectoryName(file)!);
        return folder.Replace('/', '.');
    }

    private static string FolderOf(string project, Type type)
    {
        var root = $"SockSort.{project}.";
        var name = type.Namespace ?? "";
        return name.StartsWith(root, StringComparison.Ordinal) ? name[root.Length..].Split('.')[0] : ".";
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
