using System.Text.Json.Nodes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;

namespace SockSort.Server.Connectors;

/// <summary>Builds Kafka Connect's entities <c>ConfigInfos</c> and <c>ConfigKeyInfo</c>.</summary>
internal static class ConfigEntities
{
    private const string ClassKey = "connector.class";
    private const string Common = "Common";

    /// <exception cref="ConnectRestException">The configuration names no known class.</exception>
    public static IReadOnlyList<ConfigCheck> CheckOf(ConnectorPlugins plugins, string name, IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue(ClassKey, out var asked))
            throw ConnectRestErrors.NoType(name);
        if (!plugins.IsKnown(asked))
            throw ConnectRestErrors.NoClass(asked, plugins.All.Select(plugin => plugin.ClassName));
        return plugins.Check(name, settings);
    }

    /// <summary>Whether the key is one of those that Kafka Connect defines for every connector.</summary>
    public static bool IsCommon(ConfigKey key) => new ConfigCheck(key, null, null, IsMissing: false).IsCommon;

    public static string ErrorOf(ConfigCheck check) => check.IsMissing ? ConnectRestErrors.Missing(check.Key.Name) : check.Error!;

    public static JsonObject Infos(string plugin, IReadOnlyList<ConfigCheck> checks) => new()
    {
        ["name"] = plugin,
        ["error_count"] = checks.Count(check => check.Error is not null),
        ["groups"] = new JsonArray(Common),
        ["configs"] = new JsonArray([.. checks.Select((check, at) => InfoOf(check, at))]),
    };

    /// <param name="order">The position of the key in its class, from 0.</param>
    public static JsonObject Definition(ConfigKey key, bool isCommon, int order) => new()
    {
        ["name"] = key.Name,
        ["type"] = TypeOf(key.Type),
        ["required"] = key.IsRequired,
        ["default_value"] = key.Default,
        ["importance"] = key.IsRequired ? "HIGH" : "MEDIUM",
        ["documentation"] = key.Documentation,
        ["group"] = isCommon ? Common : null,
        ["width"] = "MEDIUM",
        ["display_name"] = key.Name,
        ["dependents"] = new JsonArray(),
        ["order"] = order + 1,
    };

    private static JsonNode InfoOf(ConfigCheck check, int order) => new JsonObject
    {
        ["definition"] = Definition(check.Key, check.IsCommon, order),
        ["value"] = new JsonObject
        {
            ["name"] = check.Key.Name,
            ["value"] = ShownValue(check),
            ["recommended_values"] = new JsonArray(),
            ["errors"] = ConnectAnswers.Texts(check.Error is null ? [] : [ErrorOf(check)]),
            ["visible"] = true,
        },
    };

    /// <summary>
    /// Returns the value as it is written, with placeholders of secrets; a password in plain text is hidden, as Connect does.
    /// </summary>
    private static string? ShownValue(ConfigCheck check)
    {
        var isHidden = check is { Key.Type: ConfigType.Password, Value: { } value } && !value.StartsWith("${", StringComparison.Ordinal);
        return isHidden ? "[hidden]" : check.Value;
    }

    private static string TypeOf(ConfigType type) => type switch
    {
        ConfigType.Password => "PASSWORD",
        ConfigType.Whole => "INT",
        ConfigType.Flag => "BOOLEAN",
        ConfigType.List => "LIST",
        _ => "STRING",
    };
}
