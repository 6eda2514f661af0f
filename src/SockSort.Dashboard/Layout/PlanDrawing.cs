using SockSort.Sql.Engine.Results;
using SockSort.Sql.Planning;

namespace SockSort.Dashboard.Layout;

/// <summary>An operator of a query, as it is drawn.</summary>
/// <param name="Kind">What it does, in a word or two.</param>
/// <param name="Text">Its particulars; empty for none.</param>
/// <param name="Style">Class of style: <c>source</c>, <c>keeps</c> where it remembers rows, <c>sink</c>, else <c>step</c>.</param>
/// <param name="Middle">Its middle from left to right, in units of the drawing.</param>
/// <param name="Top">Its upper edge.</param>
internal sealed record PlanBox(string Kind, string Text, string Style, double Middle, double Top);

/// <summary>Rows go from the lower edge of a box to the upper edge of another.</summary>
internal sealed record PlanArrow(PlanBox From, PlanBox To);

/// <summary>
/// Where the operators of a query stand: what is read at the top, what is written at the bottom, a column for each source.
/// </summary>
internal sealed class PlanDrawing
{
    /// <summary>Width of a box.</summary>
    public const double BoxWidth = 276;

    /// <summary>Height of a box.</summary>
    public const double BoxHeight = 88;

    private const double Across = BoxWidth + 22;
    private const double Down = BoxHeight + 40;

    private readonly List<PlanBox> _boxes = [];
    private readonly List<PlanArrow> _arrows = [];
    private readonly int _depth;
    private int _columns;

    private PlanDrawing(Step last, IReadOnlyList<Step> sinks)
    {
        _depth = last.Depth;
        var end = Place(last, depth: 0);
        var left = end.Middle - (sinks.Count - 1) / 2.0 * Across;
        foreach (var (index, sink) in sinks.Index())
            Add(end, new(sink.Kind, sink.Text, sink.Style, left + index * Across, (_depth + 1) * Down));
        Left = _boxes.Min(box => box.Middle) - BoxWidth / 2;
        Width = _boxes.Max(box => box.Middle) + BoxWidth / 2 - Left;
    }

    /// <summary>The boxes, each after those that it gets rows from.</summary>
    public IReadOnlyList<PlanBox> Boxes => _boxes;

    public IReadOnlyList<PlanArrow> Arrows => _arrows;

    /// <summary>The left edge of the drawing; its upper edge is 0.</summary>
    public double Left { get; }

    public double Width { get; }

    public double Height => (_depth + 1) * Down + BoxHeight;

    /// <summary>Draws a query.</summary>
    public static PlanDrawing Of(ExplainedQuery query)
    {
        IReadOnlyList<Step> roots = [.. query.Plans.Select(plan => StepOf(plan.Root))];
        var last = query.BuiltIn is { } name ? new Step("built in", name, "keeps", roots) : roots[0];
        var word = query.Plans[0].IsTable ? "table" : "stream";
        return new PlanDrawing(last, query switch
        {
            { Sinks.Count: 0 } => [new("rows", "to who asks for them", "sink", [])],
            { BuiltIn: null } => [new($"into {word}", query.Sinks[0], "sink", [])],
            _ => [.. query.Sinks.Select(sink => new Step("into", sink, "sink", []))],
        });
    }

    private static Step StepOf(PlanNode node)
    {
        IReadOnlyList<Step> inputs = [.. node.Inputs.Select(StepOf)];
        var (kind, text) = WordsOf(node);
        var style = node switch
        {
            SourceNode => "source",
            AggregateNode or JoinNode => "keeps",
            _ => "step",
        };
        return new Step(kind, text, style, inputs);
    }

    private static (string Kind, string Text) WordsOf(PlanNode node)
    {
        var words = node.Describe();
        switch (node)
        {
            case SourceNode { Source: var source } read:
                var columns = string.Join(", ", read.Layout.Slots.Select(slot => slot.Name));
                return ($"{source.KindName} {source.Name}", $"topic {source.Topic}, {source.ValueFormat.Name}: {columns}");
            case JoinNode:
                return ("join", words);
            case FilterNode filter:
                return ("filter", filter.Text);
            default:
                // The others begin with the word for what they do.
                var end = words.IndexOf(' ', StringComparison.Ordinal);
                return end < 0 ? (words, "") : (words[..end], words[(end + 1)..]);
        }
    }

    private PlanBox Place(Step step, int depth)
    {
        List<PlanBox> inputs = [.. step.Inputs.Select(input => Place(input, depth + 1))];
        var middle = inputs.Count == 0
            ? _columns++ * Across
            : (inputs[0].Middle + inputs[^1].Middle) / 2;
        var box = new PlanBox(step.Kind, step.Text, step.Style, middle, (_depth - depth) * Down);
        _boxes.Add(box);
        _arrows.AddRange(inputs.Select(input => new PlanArrow(input, box)));
        return box;
    }

    private void Add(PlanBox from, PlanBox box)
    {
        _boxes.Add(box);
        _arrows.Add(new PlanArrow(from, box));
    }

    private sealed record Step(string Kind, string Text, string Style, IReadOnlyList<Step> Inputs)
    {
        /// <summary>Steps above this one.</summary>
        public int Depth => Inputs.Select(input => input.Depth + 1).DefaultIfEmpty(0).Max();
    }
}
