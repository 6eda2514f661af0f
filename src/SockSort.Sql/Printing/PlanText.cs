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

    private static void Append(StringBuilder text, PlanNode node, string indent, bool isLast)
    {
        _ = text.Append($"{indent}{(isLast ? "└─ " : "├─ ")}{node.Describe()}\n");
        var below = indent + (isLast ? "   " : "│  ");
        for (var i = 0; i < node.Inputs.Count; i++)
            Append(text, node.Inputs[i], below, i == node.Inputs.Count - 1);
    }
}
