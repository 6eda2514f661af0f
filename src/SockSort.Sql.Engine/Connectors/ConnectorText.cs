using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Connectors;

/// <summary>Writes statements about connectors, for those that are asked for otherwise than by SQL.</summary>
public static class ConnectorText
{
    /// <param name="settings">In their order.</param>
    public static string Create(string name, bool isSource, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var kind = isSource ? "SOURCE" : "SINK";
        var written = settings.Select(setting => $"{Quoted(setting.Key, '"')}={Quoted(setting.Value, '\'')}");
        return $"CREATE {kind} CONNECTOR {Quoted(name, '`')} WITH ({string.Join(", ", written)});";
    }

    /// <param name="ifExists">Whether it may lack.</param>
    public static string Drop(string name, bool ifExists = false) => $"DROP CONNECTOR {(ifExists ? "IF EXISTS " : "")}{Quoted(name, '`')};";

    public static string Control(ConnectorAction action, string name) =>
        $"{action.ToString().ToUpperInvariant()} CONNECTOR {Quoted(name, '`')};";

    private static string Quoted(string text, char quote) => $"{quote}{text.Replace($"{quote}", $"{quote}{quote}")}{quote}";
}
