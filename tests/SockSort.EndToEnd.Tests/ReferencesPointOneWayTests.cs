using System.Xml.Linq;

namespace SockSort.EndToEnd.Tests;

public class ReferencesPointOneWayTests
{
    /// <summary>The rooms in the order in which data flows; a project may reference only those before it.</summary>
    private static readonly string[] Way =
    [
        "Shared", "Imaging", "Dataset", "Models", "Teaching", "Training", "Mqtt", "Edge", "Log", "Log.Kafka", "Connect", "Sql",
        "Sql.Engine", "Sql.Testing", "Sorting", "Host", "Server", "Client", "Dashboard", "Deploy", "Bench", "Cli",
    ];

    /// <summary>The small machine's rooms stay free of the trainer.</summary>
    private static readonly string[] Edge = ["Shared", "Imaging", "Models", "Mqtt", "Edge"];

    public static TheoryData<string> Projects => [.. SourceProjects.Names];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_rooms_before_it(string project)
    {
        var references = ReferencesOf(project);

        Assert.Contains(project, Way);
        Assert.All(references, reference => Assert.True(Array.IndexOf(Way, reference) < Array.IndexOf(Way, project),
            $"{project} references {reference}, which comes after it on the way"));
    }

    [Fact]
    public void The_edge_never_references_the_trainer() =>
        Assert.All(Edge, room => Assert.All(ReferencesOf(room), reference => Assert.Contains(reference, Edge)));

    private static string[] ReferencesOf(string project) =>
        [.. XDocument.Load($"{SourceProjects.FolderOf(project)}/SockSort.{project}.csproj")
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["SockSort.".Length..])];
}
