using System.Globalization;
using System.Text;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Printing;

/// <summary>Prints statements laid out for people: a clause a line, two blanks in, names in upper case unless quoted.</summary>
internal static class StatementPrinter
{
    // What fits goes on one line.
    internal const int Width = 100;

    /// <returns>The statement without its semicolon; lines parted by LF. It parses back to the same tree.</returns>
    public static string Print(Statement statement) => statement switch
    {
        QueryStatement select => QueryPrinter.Print(select.Query, ""),
        CreateSource create => Create(create),
        CreateAsSelect create =>
            $"CREATE {Replacing(create.OrReplace)}{Kind(create.IsTable)} "
                + $"{Missing(create.IfNotExists)}{Name(create.Name)}{With(create.With)} AS\n{QueryPrinter.Print(create.Query, "  ")}",
        InsertSelect insert => $"INSERT INTO {Name(insert.Target)}{With(insert.With)}\n{QueryPrinter.Print(insert.Query, "  ")}",
        InsertValues insert =>
            $"INSERT INTO {Name(insert.Target)}{Columns(insert.Columns)} VALUES "
                + $"({string.Join(", ", insert.Values.Select(SqlPrinter.PrintShort))})",
        DropSource drop =>
            $"DROP {Kind(drop.IsTable)} {Existing(drop.IfExists)}{Name(drop.Name)}{(drop.DeleteTopic ? " DELETE TOPIC" : "")}",
        AlterSource alter =>
            $"ALTER {Kind(alter.IsTable)} {Name(alter.Name)}\n  "
                + $"{string.Join(",\n  ", alter.Added.Select(column => $"ADD COLUMN {Column(column)}"))}",
        ControlQuery control => $"{Word(control.Action)} {(control.QueryId is null ? "ALL" : Name(control.QueryId))}",
        SetProperty set => set.Value is null ? $"UNSET {Quote(set.Name)}" : $"SET {Quote(set.Name)} = {Quote(set.Value)}",
        DefineVariable define =>
            define.Value is null ? $"UNDEFINE {Name(define.Name)}" : $"DEFINE {Name(define.Name)} = {Quote(define.Value)}",
        ListStatement list => List(list),
        DescribeStatement describe => Describe(describe),
        PrintTopic print => Print(print),
        ExplainStatement explain =>
            explain.Explained is { } explained ? $"EXPLAIN {Print(explained)}" : $"EXPLAIN {Name(explain.QueryId!)}",
        CreateConnector create =>
            $"CREATE {(create.IsSource ? "SOURCE" : "SINK")} CONNECTOR {Missing(create.IfNotExists)}{Name(create.Name)}{With(create.With)}",
        DropConnector drop => $"DROP CONNECTOR {Existing(drop.IfExists)}{Name(drop.Name)}",
        ControlConnector control => $"{Word(control.Action)} CONNECTOR {Existing(control.IfExists)}{Name(control.Name)}",
        CreateType create => $"CREATE TYPE {Missing(create.IfNotExists)}{Name(create.Name)} AS {SqlPrinter.Print(create.Type)}",
        DropType drop => $"DROP TYPE {Existing(drop.IfExists)}{Name(drop.Name)}",
        AssertTopic assert =>
            $"ASSERT {(assert.Exists ? "" : "NOT EXISTS ")}TOPIC "
                + $"{Quote(assert.Topic)}{With(assert.With)}{(assert.Timeout is { } wait ? $" TIMEOUT {DurationText.Of(wait)}" : "")}",
        _ => throw new InvalidOperationException($"no printed form of {statement.GetType().Name}"),
    };

    private static string Create(CreateSource create)
    {
        var text =
            new StringBuilder($"CREATE {Replacing(create.OrReplace)}{(create.IsReadOnly ? "SOURCE " : "")}{Kind(create.IsTable)} "
                + $"{Missing(create.IfNotExists)}{Name(create.Name)}");
        if (create.Columns.Count > 0)
            _ = text.Append(" (").Append(Block([.. create.Columns.Select(Column)])).Append(')');
        return text.Append(With(create.With)).ToString();
    }

    private static string Column(ColumnDefinition column) => $"{Name(column.Name)} {SqlPrinter.Print(column.Type)}" + column.Role switch
    {
        ColumnRole.Key => " KEY",
        ColumnRole.PrimaryKey => " PRIMARY KEY",
        ColumnRole.Headers => column.HeaderKey is null ? " HEADERS" : $" HEADER({Quote(column.HeaderKey)})",
        _ => "",
    };

    private static string With(PropertyList with) => with.Items.Count == 0 ? "" : $" WITH ({Block([.. with.Items.Select(Property)])})";

    private static string Property(Property property)
    {
        var name = Name(property.Name);
        return $"{(name[0] == '`' ? Quote(property.Name) : name)} = {SqlPrinter.PrintShort(property.Value)}";
    }

    /// <summary>Writes items on one line where that is short, else one item a line.</summary>
    internal static string Block(IReadOnlyList<string> items)
    {
        var line = string.Join(", ", items);
        return line.Length <= Width - 40 && items.Count <= 3 ? line : $"\n  {string.Join(",\n  ", items)}\n";
    }

    private static string Columns(IReadOnlyList<string> names) => names.Count == 0 ? "" : $" ({string.Join(", ", names.Select(Name))})";

    private static string List(ListStatement list)
    {
        var kind = list.Kind == ListKind.ConnectorPlugins ? "CONNECTOR PLUGINS" : Word(list.Kind);
        var all = list.All ? "ALL" : null;
        var extended = list.Extended ? "EXTENDED" : null;
        return string.Join(' ', new[] { "SHOW", all, list.Which, kind, extended }.OfType<string>());
    }

    private static string Describe(DescribeStatement describe)
    {
        var what = describe.Kind switch
        {
            DescribeKind.Streams => "STREAMS",
            DescribeKind.Tables => "TABLES",
            DescribeKind.Function => $"FUNCTION {Name(describe.Name!)}",
            DescribeKind.Connector => $"CONNECTOR {Name(describe.Name!)}",
            // Words that begin other forms of DESCRIBE.
            _ => describe.Name is "FUNCTION" or "TABLES" ? $"`{describe.Name}`" : Name(describe.Name!),
        };
        return $"DESCRIBE {what}{(describe.Extended ? " EXTENDED" : "")}";
    }

    private static string Print(PrintTopic print)
    {
        var from = print.FromBeginning ? " FROM BEGINNING" : "";
        return $"PRINT {Quote(print.Topic)}{from}{Counted("INTERVAL", print.Interval)}{Counted("LIMIT", print.Limit)}";
    }

    private static string Counted(string word, int? number) =>
        number is { } n ? string.Create(CultureInfo.InvariantCulture, $" {word} {n}") : "";

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();

    private static string Kind(bool isTable) => isTable ? "TABLE" : "STREAM";

    private static string Replacing(bool orReplace) => orReplace ? "OR REPLACE " : "";

    private static string Missing(bool ifNotExists) => ifNotExists ? "IF NOT EXISTS " : "";

    private static string Existing(bool ifExists) => ifExists ? "IF EXISTS " : "";

    private static string Name(string name) => SqlPrinter.Name(name);

    private static string Quote(string text) => SqlPrinter.Quote(text);
}
