using System.Globalization;
using System.Text;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Printing;

/// <summary>Prints queries, a clause a line.</summary>
internal static class QueryPrinter
{
    /// <param name="indent">Blanks before each line.</param>
    public static string Print(Query query, string indent)
    {
        var text = new StringBuilder();
        Select(text, query.Items, indent);
        _ = text.Append(indent).Append("FROM ").Append(Relation(query.From, indent));
        Clause(text, indent, "WINDOW", query.Window is { } window ? Window(window) : null);
        Clause(text, indent, "WHERE", query.Where is { } where ? SqlPrinter.PrintShort(where) : null);
        Clause(text, indent, "GROUP BY", query.GroupBy is { } groups ? Grouping(groups) : null);
        Clause(text, indent, "PARTITION BY", query.PartitionBy is { } parts ? Grouping(parts) : null);
        Clause(text, indent, "HAVING", query.Having is { } having ? SqlPrinter.PrintShort(having) : null);
        Clause(text, indent, "EMIT", query.Emit?.ToString().ToUpperInvariant());
        Clause(text, indent, "LIMIT", query.Limit?.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static void Clause(StringBuilder text, string indent, string words, string? content)
    {
        if (content is not null)
            _ = text.Append('\n').Append(indent).Append(words).Append(' ').Append(content);
    }

    private static void Select(StringBuilder text, IReadOnlyList<SelectItem> items, string indent)
    {
        var printed = items.Select(Item).ToList();
        var line = $"{indent}SELECT {string.Join(", ", printed)}";
        _ = text.Append(
            line.Length <= StatementPrinter.Width
                ? line
                : $"{indent}SELECT\n{indent}  {string.Join($",\n{indent}  ", printed)}").Append('\n');
    }

    private static string Item(SelectItem item) => item switch
    {
        StarItem star => star.Qualifier is null ? "*" : $"{SqlPrinter.Name(star.Qualifier)}.*",
        StructStarItem star => $"{ExpressionPrinter.Short.PrintPostfix(star.Struct)}->*",
        ExpressionItem expression =>
            SqlPrinter.PrintShort(expression.Expression) + (expression.Alias is null ? "" : $" AS {SqlPrinter.Name(expression.Alias)}"),
        _ => throw new InvalidOperationException($"no printed form of {item.GetType().Name}"),
    };

    private static string Relation(Relation relation, string indent) => relation switch
    {
        SourceRelation source => Source(source),
        JoinRelation join =>
            $"{Relation(join.Left, indent)}\n{indent}  {Kind(join.Kind)} "
                + $"{Source(join.Right)}{(join.Within is { } within ? Within(within) : "")} ON {SqlPrinter.PrintShort(join.On)}",
        _ => throw new InvalidOperationException($"no printed form of {relation.GetType().Name}"),
    };

    private static string Source(SourceRelation source) =>
        SqlPrinter.Name(source.Name) + (source.Alias is null ? "" : $" AS {SqlPrinter.Name(source.Alias)}");

    private static string Kind(JoinKind kind) => kind switch
    {
        JoinKind.Left => "LEFT JOIN",
        JoinKind.Right => "RIGHT JOIN",
        JoinKind.Outer => "FULL OUTER JOIN",
        _ => "JOIN",
    };

    private static string Within(WithinClause within)
    {
        var bounds = within.Before == within.After
            ? DurationText.Of(within.Before)
            : $"({DurationText.Of(within.Before)}, {DurationText.Of(within.After)})";
        return $" WITHIN {bounds}{(within.Grace is { } grace ? $" GRACE PERIOD {DurationText.Of(grace)}" : "")}";
    }

    internal static string Window(WindowClause window)
    {
        var parts = new List<string>
        {
            window.Kind == WindowKind.Session ? DurationText.Of(window.Size) : $"SIZE {DurationText.Of(window.Size)}",
        };
        if (window.Kind == WindowKind.Hopping)
            parts.Add($"ADVANCE BY {DurationText.Of(window.Advance)}");
        if (window.Retention is { } retention)
            parts.Add($"RETENTION {DurationText.Of(retention)}");
        if (window.Grace is { } grace)
            parts.Add($"GRACE PERIOD {DurationText.Of(grace)}");
        return $"{window.Kind.ToString().ToUpperInvariant()} ({string.Join(", ", parts)})";
    }

    private static string Grouping(GroupingClause grouping) => grouping.Expressions.Count == 0
        ? "()"
        : string.Join(
            ", ",
            grouping.Expressions.Select(
                expression => expression is Logical ? $"({SqlPrinter.PrintShort(expression)})" : SqlPrinter.PrintShort(expression)));
}
