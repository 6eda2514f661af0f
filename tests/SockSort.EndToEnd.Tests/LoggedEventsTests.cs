using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests;

/// <summary>What the rooms log: who looks for an id finds one event of one room, and what to do.</summary>
public partial class LoggedEventsTests
{
    /// <summary>The first of the thousand ids of each room that logs.</summary>
    private static readonly Dictionary<string, int> Ranges = new()
    {
        ["Mqtt"] = 1000,
        ["Edge"] = 2000,
        ["Log"] = 3000,
        ["Connect"] = 4000,
        ["Sql.Engine"] = 5000,
        ["Server"] = 6000,
        ["Host"] = 7000,
        ["Cli"] = 8000,
    };

    private static readonly IReadOnlyList<LoggedEvent> Events =
    [
        .. Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(EventsOf),
    ];

    [Fact]
    public void No_event_id_is_given_twice()
    {
        var doubles = Events.GroupBy(logged => logged.Id).Where(group => group.Count() > 1).Select(group => string.Join(", ", group));

        Assert.Empty(doubles);
    }

    [Fact]
    public void Each_event_id_lies_in_the_range_of_its_room()
    {
        var elsewhere = Events.Where(logged =>
            !Ranges.TryGetValue(logged.Room, out var first) || logged.Id <= first || logged.Id >= first + 1000);

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void The_page_of_events_holds_each_with_its_level_and_text_and_no_other()
    {
        var page = File.ReadAllLines(Repository.PathOf("docs/reference/logging.md"));

        var rows = page.Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}");

        Assert.NotEmpty(Events);
        Assert.Equal(Events.Select(logged => $"{logged.Id} {logged.Level} {logged.Text}").Order(), rows.Order());
    }

    private static IEnumerable<LoggedEvent> EventsOf(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var assembly = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? name;
        return EventsOf(name["SockSort.".Length..], Assembly.Load(assembly));
    }

    private static IEnumerable<LoggedEvent> EventsOf(string room, Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let logged = method.GetCustomAttribute<LoggerMessageAttribute>()
        where logged is not null
        select new LoggedEvent(room, logged.EventId, logged.Level, logged.Message);

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| `(.+?)` \| .+ \|$")]
    private static partial Regex Row();

    private sealed record LoggedEvent(string Room, int Id, LogLevel Level, string Text);
}
