using SockSort.Sql.Engine.Results;
using SockSort.Sql.Syntax;

namespace SockSort.Server.Ksql.Statements;

/// <summary>Builds ksqlDB's ids of commands: <c>stream/`PAGES`/create</c>.</summary>
internal static class CommandIds
{
    public static string Of(Statement statement, MessageResult result) => statement switch
    {
        CreateSource create => Id(create.IsTable ? "table" : "stream", create.Name, "create"),
        CreateAsSelect create => Id(create.IsTable ? "table" : "stream", create.Name, "create"),
        AlterSource alter => Id(alter.IsTable ? "table" : "stream", alter.Name, "alter"),
        DropSource drop => Id(drop.IsTable ? "table" : "stream", drop.Name, "drop"),
        InsertSelect insert => Id("stream", result.QueryId ?? insert.Target, "create"),
        ControlQuery { Action: QueryAction.Terminate } control => $"terminate/{control.QueryId ?? "ALL"}/execute",
        ControlQuery control => $"terminate/{control.QueryId ?? "ALL"}/{control.Action.ToString().ToLowerInvariant()}",
        CreateType type => Id("type", type.Name, "create"),
        DropType type => Id("type", type.Name, "drop"),
        CreateConnector connector => Id("connector", connector.Name, "create"),
        DropConnector connector => OfDrop(connector.Name),
        ControlConnector connector => Id("connector", connector.Name, connector.Action.ToString().ToLowerInvariant()),
        _ => $"statement/{statement.GetType().Name}/execute",
    };

    /// <summary>The id of <c>DROP CONNECTOR</c>.</summary>
    public static string OfDrop(string connector) => Id("connector", connector, "drop");

    private static string Id(string kind, string name, string action) => $"{kind}/`{name}`/{action}";
}
