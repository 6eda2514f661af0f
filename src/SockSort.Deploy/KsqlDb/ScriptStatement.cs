using SockSort.Client.Rest;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.KsqlDb;

/// <summary>A statement of a script, with what <c>SET</c> and <c>DEFINE</c> before it have given.</summary>
internal sealed record ScriptStatement(
    Statement Statement, IReadOnlyDictionary<string, string> Properties, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Line in the script, from 1.</summary>
    public int Line { get; } = Statement.Span.Source!.PositionOf(Statement.Span.Start).Line;

    /// <summary>Kind and name of what it makes, or its first words.</summary>
    public string What => Statement switch
    {
        CreateSource create => Source(create.IsTable, create.Name),
        CreateAsSelect create => Source(create.IsTable, create.Name),
        InsertSelect insert => $"INSERT INTO {insert.Target}",
        CreateConnector connector => $"{(connector.IsSource ? "source" : "sink")} connector {connector.Name}",
        CreateType type => $"type {type.Name}",
        AssertTopic topic => $"ASSERT TOPIC {topic.Topic}",
        _ => FirstWords(),
    };

    /// <summary>Why it is not sent; null where it is.</summary>
    public string? PassedOver => Statement switch
    {
        InsertValues => "adds a record each time that it is sent; send it once, by 'socksort sql run'",
        _ when Statement.Is(StatementTraits.GivesRows) => "gives rows to who asks; 'socksort sql run' shows them",
        _ when !Statement.Is(StatementTraits.ToExist) => "says what to do, not what is to exist",
        _ => null,
    };

    /// <summary>Whether something of that name that is there in another form is replaced.</summary>
    public bool Replaces => Statement is CreateSource { OrReplace: true } or CreateAsSelect { OrReplace: true };

    /// <summary>Whether something of that name is left, whatever it is.</summary>
    public bool Leaves =>
        Statement is CreateSource { IfNotExists: true } or CreateAsSelect { IfNotExists: true } or CreateConnector { IfNotExists: true }
            or CreateType { IfNotExists: true };

    public KsqlRequest Request(long? after) =>
        new($"{Statement.Span.Text};") { Properties = Properties, Variables = Variables, After = after };

    private static string Source(bool isTable, string name) => $"{(isTable ? "table" : "stream")} {name}";

    private string FirstWords()
    {
        const int Most = 3;
        var words = SqlPrinter.OneLine(Statement.Span.Shown).Split(' ');
        return string.Join(' ', words.Take(Statement is QueryStatement ? 1 : Most));
    }
}
