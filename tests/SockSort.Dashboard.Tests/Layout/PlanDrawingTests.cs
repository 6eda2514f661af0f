using SockSort.Dashboard.Layout;
using SockSort.Log.Memory;
using SockSort.Sorting.Queries;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Dashboard.Tests.Layout;

/// <summary>How the operators of a query are drawn.</summary>
public sealed class PlanDrawingTests : IAsyncLifetime
{
    private const string Sources = """
        CREATE STREAM found (image STRING, owner STRING) WITH (KAFKA_TOPIC='found', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE TABLE drawers (owner STRING PRIMARY KEY, drawer INT) WITH (KAFKA_TOPIC='drawers', VALUE_FORMAT='JSON', PARTITIONS=1);
        """;

    private readonly SqlEngine _engine = new(new MemoryLog());
    private readonly SqlSession _session = new();

    public async ValueTask InitializeAsync()
    {
        await SortingQueries.DeclareAsync(_engine, "data_mqtt");
        SortingQueries.Start(_engine);
        _ = await RunAsync(Sources);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Rows_flow_from_source_over_filter_and_group_into_the_table()
    {
        var drawing = await DrawAsync("CREATE TABLE heaps AS SELECT image, COUNT(*) AS n FROM found WHERE image != 'Blank' GROUP BY image");

        Assert.Equal(
            ["stream FOUND", "filter", "aggregate", "project", "into table"], drawing.Boxes.Select(box => box.Kind));
        Assert.Equal("HEAPS", drawing.Boxes[^1].Text);
        Assert.Equal(drawing.Boxes.Zip(drawing.Boxes.Skip(1)), drawing.Arrows.Select(arrow => (arrow.From, arrow.To)));
    }

    [Fact]
    public async Task A_query_that_writes_nothing_gives_its_rows_to_who_asks()
    {
        var drawing = await DrawAsync("SELECT * FROM found EMIT CHANGES");

        Assert.Equal(("rows", "to who asks for them"), (drawing.Boxes[^1].Kind, drawing.Boxes[^1].Text));
    }

    [Fact]
    public async Task The_two_sides_of_a_join_stand_side_by_side()
    {
        var drawing = await DrawAsync(
            "CREATE STREAM placed AS SELECT f.owner, image, drawer FROM found f JOIN drawers d ON f.owner = d.owner EMIT CHANGES");

        var join = drawing.Boxes.Single(box => box.Kind == "join");
        Assert.Equal(
            ["stream FOUND", "table DRAWERS"],
            drawing.Arrows.Where(arrow => arrow.To == join).Select(arrow => SourceOf(drawing, arrow.From).Kind));
        AssertIsTidy(drawing);
    }

    [Fact]
    public async Task A_query_of_the_program_shows_all_that_it_reads_and_writes()
    {
        var drawing = await DrawAsync("SORTING_LEDGER");

        Assert.Equal(["stream SOCK_SIGHTINGS", "stream SOCK_CORRECTIONS"], KindsOf(drawing, "source"));
        Assert.Equal(
            ["SOCK_LEDGER", "PAIR_FOUND", "SOCK_WASHES", "SOCK_CORRECTION_RESULTS"],
            drawing.Boxes.Where(box => box.Style == "sink").Select(box => box.Text));
        Assert.Equal(4, drawing.Arrows.Count(arrow => arrow.From.Kind == "built in"));
        AssertIsTidy(drawing);
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("image != 'Blank'", new[] { "image != 'Blank'" })]
    [InlineData("topic data_mqtt, JSON: IMAGE, PROBABILITY, CAMERA", new[] { "topic data_mqtt, JSON: IMAGE,", "PROBABILITY, CAMERA" })]
    public void Words_break_at_blanks(string words, string[] lines) => Assert.Equal(lines, PlanPicture.LinesOf(words));

    [Fact]
    public void What_does_not_fit_ends_in_an_ellipsis()
    {
        var lines = PlanPicture.LinesOf(new string('x', 500));

        Assert.Equal([38, 38, 38], lines.Select(line => line.Length));
        Assert.EndsWith("x…", lines[^1], StringComparison.Ordinal);
    }

    private static IEnumerable<string> KindsOf(PlanDrawing drawing, string style) =>
        drawing.Boxes.Where(box => box.Style == style).Select(box => box.Kind);

    private static PlanBox SourceOf(PlanDrawing drawing, PlanBox box) =>
        drawing.Arrows.FirstOrDefault(arrow => arrow.To == box) is { } arrow ? SourceOf(drawing, arrow.From) : box;

    /// <summary>All boxes lie within the drawing and none on another, and rows flow downwards.</summary>
    private static void AssertIsTidy(PlanDrawing drawing)
    {
        Assert.All(drawing.Arrows, arrow => Assert.True(arrow.From.Top + PlanDrawing.BoxHeight < arrow.To.Top));
        Assert.All(drawing.Boxes, box =>
        {
            Assert.InRange(box.Middle - PlanDrawing.BoxWidth / 2, drawing.Left, drawing.Left + drawing.Width - PlanDrawing.BoxWidth);
            Assert.InRange(box.Top, 0, drawing.Height - PlanDrawing.BoxHeight);
            Assert.All(
                drawing.Boxes.Where(other => other != box && other.Top == box.Top),
                other => Assert.True(Math.Abs(other.Middle - box.Middle) >= PlanDrawing.BoxWidth));
        });
    }

    private async Task<PlanDrawing> DrawAsync(string explained) =>
        PlanDrawing.Of(((TextResult)await RunAsync($"EXPLAIN {explained};")).Explained!);

    private async Task<StatementResult> RunAsync(string statements)
    {
        StatementResult? last = null;
        foreach (var statement in SqlParser.Parse(new SourceText("test", statements)))
            last = await _engine.ExecuteAsync(statement, _session, TestContext.Current.CancellationToken);
        return last!;
    }
}
