using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SockSort.Host.Logging;

namespace SockSort.Server.Connectors;

/// <summary>The routes of <c>/admin/loggers</c>: the levels of loggers, named as in Connect's log4j.</summary>
internal sealed class LoggerEndpoints(LogLevels levels, ConnectServerOptions options)
{
    private const string Root = "root";

    private static readonly (string Word, LogLevel Level)[] Words =
    [
        ("TRACE", LogLevel.Trace), ("DEBUG", LogLevel.Debug), ("INFO", LogLevel.Information), ("WARN", LogLevel.Warning),
        ("ERROR", LogLevel.Error), ("FATAL", LogLevel.Critical), ("OFF", LogLevel.None),
    ];

    public void Map(ConnectRoutes routes)
    {
        routes.Get("/admin/loggers", ListAsync);
        routes.Get("/admin/loggers/{logger}", ShowAsync);
        routes.Put("/admin/loggers/{logger}", SetAsync);
    }

    private static string LoggerOf(HttpContext context) => (string)context.GetRouteValue("logger")!;

    private static JsonObject EntityOf(LevelOfLogger level) => new()
    {
        ["level"] = Words.First(word => word.Level == level.Level).Word,
        ["last_modified"] = level.Changed?.ToUnixTimeMilliseconds(),
    };

    private Task ListAsync(HttpContext context)
    {
        var all = new JsonObject();
        foreach (var (name, level) in levels.All)
            all[name] = EntityOf(level);
        all[Root] = EntityOf(levels.Root);
        return ConnectAnswers.JsonAsync(context, all);
    }

    private Task ShowAsync(HttpContext context)
    {
        var name = LoggerOf(context);
        var level = name == Root ? levels.Root : levels.Find(name);
        return ConnectAnswers.JsonAsync(context, EntityOf(level ?? throw ConnectRestErrors.NoLogger(name)));
    }

    /// <summary>
    /// Sets a level. With <c>scope=cluster</c> the response does not list the changed loggers; there is only one worker in either case.
    /// </summary>
    private async Task SetAsync(HttpContext context)
    {
        var name = LoggerOf(context);
        var body = await ConnectBody.ObjectAsync(context, options.MostBodyBytes);
        if (body["level"] is not { } asked)
            throw ConnectRestErrors.NoLevel();
        var word = Words.FirstOrDefault(known => known.Word.Equals($"{asked}", StringComparison.OrdinalIgnoreCase));
        if (word.Word is null)
            throw ConnectRestErrors.Level($"{asked}");
        var changed = levels.Set(name == Root ? "" : name, word.Level);
        if (context.Request.Query["scope"] == "cluster")
            await ConnectAnswers.Empty(context, StatusCodes.Status204NoContent);
        else
            await ConnectAnswers.JsonAsync(context, ConnectAnswers.Texts(name == Root ? changed.Append(Root) : changed));
    }
}
