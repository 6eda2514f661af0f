using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Connectors;

/// <summary>The settings that a connector's statement gives.</summary>
internal static class ConnectorSettings
{
    /// <summary>Reads the settings in the order written, names as quoted, values as text.</summary>
    /// <exception cref="SqlException">One is given twice.</exception>
    public static Dictionary<string, string> Of(CreateConnector statement) => SourceProperties.TextsOf(statement.With);

    /// <summary>Whether both make the same connector, however they are laid out.</summary>
    public static bool AreSame(CreateConnector one, CreateConnector other)
    {
        var (left, right) = (Of(one), Of(other));
        return one.IsSource == other.IsSource && left.Count == right.Count
            && left.All(setting => right.TryGetValue(setting.Key, out var value) && value == setting.Value);
    }
}
