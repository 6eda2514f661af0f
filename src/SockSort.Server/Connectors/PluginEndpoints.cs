using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Connect.Worker;
using SockSort.Shared;

namespace SockSort.Server.Connectors;

/// <summary>The routes of <c>/connector-plugins</c>: the connector classes, their keys, and the validation of a configuration.</summary>
internal sealed class PluginEndpoints(ConnectorPlugins plugins, ConnectServerOptions options)
{
    private const string One = "/connector-plugins/{plugin}";

    public void Map(ConnectRoutes routes)
    {
        routes.Get("/connector-plugins", ListAsync);
        routes.Get(One + "/config", KeysAsync);
        routes.PutThatLooks(One + "/config/validate", ValidateAsync);
    }

    private static string PluginOf(HttpContext context) => (string)context.GetRouteValue("plugin")!;

    private Task ListAsync(HttpContext context) => ConnectAnswers.JsonAsync(context, new JsonArray(
        [.. plugins.All.OrderBy(plugin => plugin.ClassName, StringComparer.Ordinal).Select(plugin => new JsonObject
        {
            ["class"] = plugin.ClassName,
            ["type"] = ConnectorEntities.TypeOf(plugin.Kind),
            ["version"] = ProductVersion.Text,
        })]));

    private Task KeysAsync(HttpContext context)
    {
        if (!plugins.IsKnown(PluginOf(context)))
            throw ConnectRestErrors.UnknownPlugin(PluginOf(context));
        return ConnectAnswers.JsonAsync(context, new JsonArray(
            [.. plugins.KeysOf(PluginOf(context)).Select((key, at) => ConfigEntities.Definition(key, ConfigEntities.IsCommon(key), at))]));
    }

    private async Task ValidateAsync(HttpContext context)
    {
        var plugin = PluginOf(context);
        var given = ConnectBody.Settings(await ConnectBody.ObjectAsync(context, options.MostBodyBytes));
        var settings = given.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!);
        var included = settings.GetValueOrDefault("connector.class", plugin);
        // Connect compares the names literally; here a short name and the full one mean the same class.
        var isSame = plugins.IsKnown(plugin) && plugins.IsKnown(included) && plugins.IsSame(plugin, included);
        if (!isSame)
            throw ConnectRestErrors.OtherPlugin(included, plugin);
        settings["connector.class"] = included;
        var checks = ConfigEntities.CheckOf(plugins, settings.GetValueOrDefault("name", ""), settings);
        await ConnectAnswers.JsonAsync(context, ConfigEntities.Infos(plugin, checks));
    }
}
