using SockSort.Sql.Engine.Connectors;

namespace SockSort.Sql.Engine.Settings;

/// <summary>The properties and variables that <c>SET</c> and <c>DEFINE</c> change: one session for each script or client.</summary>
public sealed class SqlSession
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether statements follow each other: a broker then keeps what it has for a connector that is dropped until
    /// <see cref="SqlEngine.EndScriptAsync"/>, since a later statement may make it again. Else it forgets it at once.
    /// </summary>
    public bool IsScript { get; init; }

    /// <summary>The variables that <c>${name}</c> stands for.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>The properties that have been set, by name.</summary>
    public IReadOnlyDictionary<string, string> Properties => _properties;

    /// <summary>
    /// Whether queries begin with the records that are there already; <c>auto.offset.reset</c>, by default <c>latest</c>.
    /// </summary>
    public bool ReadsFromBeginning =>
        string.Equals(_properties.GetValueOrDefault(EngineProperties.OffsetReset), "earliest", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether queries have been asked to begin with the next record, and do not only by default.</summary>
    public bool ReadsFromEnd =>
        string.Equals(_properties.GetValueOrDefault(EngineProperties.OffsetReset), "latest", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a property is set to <c>true</c>.</summary>
    public bool IsOn(string property) => string.Equals(_properties.GetValueOrDefault(property), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a property is set to <c>false</c>.</summary>
    public bool IsOff(string property) =>
        string.Equals(_properties.GetValueOrDefault(property), "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Connectors that the script has dropped, and whose brokers still keep what they have for them.</summary>
    internal List<IDroppedConnector> Dropped { get; } = [];

    /// <summary>
    /// The id that the next started query is to have; null for the next free one. For statements that are run again after a restart.
    /// </summary>
    public string? NextQueryId { get; set; }

    /// <summary>
    /// The number that ends the id of the query that is started; null for the next free one. Servers that share their work number queries
    /// by the place of their statement, so that all name them alike.
    /// </summary>
    internal long? NextQueryNumber { get; init; }

    /// <param name="value">The value; null removes the variable.</param>
    public void SetVariable(string name, string? value)
    {
        if (value is null)
            _ = _variables.Remove(name);
        else
            _variables[name] = value;
    }

    /// <param name="value">The value; null restores the default.</param>
    public void SetProperty(string name, string? value)
    {
        if (value is null)
            _ = _properties.Remove(name);
        else
            _properties[name] = value;
    }
}
