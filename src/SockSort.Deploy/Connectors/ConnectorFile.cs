using System.Text.Json;
using SockSort.Sql;
using SockSort.Sql.Catalog;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Connectors;

/// <summary>A connector that is to exist.</summary>
/// <param name="Settings">As written: placeholders of secrets are the cluster's to resolve.</param>
/// <param name="Line">Where it begins in its file, from 1.</param>
internal sealed record WantedConnector(string Name, IReadOnlyDictionary<string, string> Settings, int Line);

/// <summary>Connectors that are to exist, of a script or of a JSON file.</summary>
public sealed class ConnectorFile
{
    private const string ClassKey = "connector.class";
    private const string NameKey = "name";

    private ConnectorFile(string name, IReadOnlyList<WantedConnector> connectors)
    {
        (Name, Connectors) = (name, connectors);
        if (connectors.Count == 0)
            throw Wrong(line: 0, "no connector in it; write CREATE SOURCE CONNECTOR … or CREATE SINK CONNECTOR …");
        if (connectors.GroupBy(connector => connector.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong(twice.Last().Line, $"connector '{twice.Key}' stands in it twice; names are a cluster's own");
        if (connectors.FirstOrDefault(connector => !connector.Settings.ContainsKey(ClassKey)) is { } without)
            throw Wrong(without.Line, $"connector '{without.Name}' has no '{ClassKey}', which names its plugin");
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    internal IReadOnlyList<WantedConnector> Connectors { get; }

    /// <summary>Reads the <c>CREATE … CONNECTOR</c> statements of a script.</summary>
    /// <exception cref="SqlException">A statement is not well formed.</exception>
    /// <exception cref="DeployException">There is no connector in it, one stands in it twice or has no class.</exception>
    public static ConnectorFile ReadScript(SourceText script)
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var connectors = new List<WantedConnector>();
        var parser = new SqlParser(script, variables);
        while (parser.Next() is { } statement)
        {
            if (statement is DefineVariable { Value: { } value } define)
                variables[define.Name] = value;
            else if (statement is CreateConnector create)
                connectors.Add(new(create.Name, SourceProperties.TextsOf(create.With), script.PositionOf(create.Span.Start).Line));
        }
        return new(script.Name, connectors);
    }

    /// <summary>
    /// Reads what Kafka Connect's REST API takes, <c>{"name": …, "config": {…}}</c>, or what its command-line tools take, an object of
    /// settings with <c>name</c> among them; or a list of such.
    /// </summary>
    /// <inheritdoc cref="ReadScript" path="/exception[2]"/>
    public static ConnectorFile ReadJson(string name, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = json.RootElement;
            IEnumerable<JsonElement> items = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
            return new(name, [.. items.Select(item => Connector(name, item))]);
        }
        catch (JsonException error)
        {
            var place = $"{name}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}";
            throw new DeployException(DeployErrorKind.File, $"this is no JSON: {Reason(error)}", place, error);
        }
    }

    /// <summary>Where a connector stands, for messages.</summary>
    internal string PlaceOf(WantedConnector connector) => connector.Line == 0 ? Name : $"{Name}:{connector.Line}";

    // Its own place counts from 0.
    private static string Reason(JsonException error) => error.Message.Split(" LineNumber:")[0].Trim();

    private static WantedConnector Connector(string file, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new DeployException(DeployErrorKind.File, $"a connector is an object, not {Kind(item)}", file);
        var settings = item.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object ? config : item;
        var texts = settings.EnumerateObject().ToDictionary(
            setting => setting.Name, setting => Text(file, setting), StringComparer.Ordinal);
        var name = item.TryGetProperty(NameKey, out var written) ? written.GetString() : texts.GetValueOrDefault(NameKey);
        _ = texts.Remove(NameKey);
        return name is { Length: > 0 }
            ? new(name, texts, Line: 0)
            : throw new DeployException(DeployErrorKind.File, $"a connector has no '{NameKey}', by which the cluster calls it", file);
    }

    private static string Text(string file, JsonProperty setting) => setting.Value.ValueKind switch
    {
        JsonValueKind.String => setting.Value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => setting.Value.GetRawText(),
        _ => throw new DeployException(
            DeployErrorKind.File, $"the setting '{setting.Name}' is {Kind(setting.Value)}; a setting is a text, a number, true or false",
            file),
    };

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => element.ValueKind.ToString().ToLowerInvariant(),
    };

    private DeployException Wrong(int line, string problem) =>
        new(DeployErrorKind.File, problem, line == 0 ? Name : $"{Name}:{line}");
}
