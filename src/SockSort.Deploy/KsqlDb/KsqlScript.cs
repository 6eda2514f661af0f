using SockSort.Sql;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.KsqlDb;

/// <summary>A script that says what is to exist on a ksqlDB server.</summary>
public sealed class KsqlScript
{
    private KsqlScript(string name, IReadOnlyList<ScriptStatement> statements) => (Name, Statements) = (name, statements);

    /// <summary>The script's name, for messages.</summary>
    public string Name { get; }

    /// <summary>All statements but those of the session, which are in what follows them.</summary>
    internal IReadOnlyList<ScriptStatement> Statements { get; }

    /// <exception cref="SqlException">A statement is not well formed.</exception>
    public static KsqlScript Read(SourceText text)
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var statements = new List<ScriptStatement>();
        var parser = new SqlParser(text, variables);
        while (parser.Next() is { } statement)
        {
            if (statement is SetProperty set)
                Put(properties, set.Name, set.Value);
            else if (statement is DefineVariable define)
                Put(variables, define.Name, define.Value);
            else
                statements.Add(new(statement, properties.ToDictionary(), variables.ToDictionary()));
        }
        return new(text.Name, statements);
    }

    private static void Put(Dictionary<string, string> values, string name, string? value)
    {
        if (value is null)
            _ = values.Remove(name);
        else
            values[name] = value;
    }
}
