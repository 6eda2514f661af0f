using System.Text;
using SockSort.Sql.Planning;

namespace SockSort.Sql.Printing;

/// <summary>Writes a plan as a tree: the result first, the sources last.</summary>
public static class PlanText
{
    public static string Of(PlannedQuery plan)
    {
        var text = new StringBuilder();
        _ = text.Append($"result {(plan.IsTable ? "table" : "stream")}: {plan.Schema}\n");
        Append(text, plan.Root, "", isLast: true);
        return text.ToString().TrimEnd();
    }

    /// <summary>
    /// The operators, one a line, with all that decides what they give: two queries that do the same have the same lines, also where one
    /// of them leaves out what the other writes (qualifiers, an alias that is the column's own name, <c>*</c>).
    /// </summary>
    public static IReadOnlyList<string> Exact(PlannedQuery plan) =>
        [$"result {(plan.IsTable ? "table" : "stream")}: {plan.Schema}", .. Nodes(plan.Root).Select(Exact)];

    private static IEnumerable<PlanNode> Nodes(PlanNode node) => node.Inputs.SelectMany(Nodes).Prepend(node);

    private static string Exact(PlanNode node) => node switch
    {
        // Which columns it reads follows from the other nodes, and their order from how the query was written.
        SourceNode source => $"source {source.Source.KindName} {source.Source.Name}",
        ProjectNode project =>
            $"project {string.Join(", ", project.Texts.Zip(project.Layout.Slots, (text, slot) => $"{text} AS {slot.Name}"))}",
        AggregateNode { Clause: { } window } aggregate => $"{aggregate.Describe()}, {QueryPrinter.Window(window)}",
        _ => node.Describe(),
    };

    private static void Append(StringBuilder text, PlanNode node, string indent, bool isLast)
    {
        _ = text.Append($"{indent}{(isLast ? "└─ " : "├─ ")}{node.Describe()}\n");
        var below = indent + (isLast ? "   " : "│  ");
        for (var i = 0; i < node.Inputs.Count; i++)
            Append(text, node.Inputs[i], below, i == node.Inputs.Count - 1);
    }
}
