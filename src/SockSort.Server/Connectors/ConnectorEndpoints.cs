using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Connect.Classes;
using SockSort.Connect.Worker;

namespace SockSort.Server.Connectors;

/// <summary>The routes of <c>/connectors</c> and below, except the offsets.</summary>
/// <remarks>
/// Source: Kafka's documentation, "Kafka Connect, REST API", version 4.1; docs/reference/connect-rest.md names each call.
/// </remarks>
internal sealed class ConnectorEndpoints(SavedConnectors saved, ConnectServerOptions options)
{
    private const string One = "/connectors/{name}";
    private const string Task = One + "/tasks/{task:int}";

    private ConnectWorker Worker => saved.Worker;

    public void Map(ConnectRoutes routes)
    {
        routes.Get("/connectors", ListAsync);
        routes.Post("/connectors", CreateAsync);
        routes.Get(One, context => AnswerAsync(context, ConnectorEntities.Info(Find(context))));
        routes.Delete(One, DeleteAsync);
        routes.Get(One + "/config", context => AnswerAsync(context, ConnectorEntities.Config(Find(context))));
        routes.Put(One + "/config", PutConfigAsync);
        routes.Patch(One + "/config", PatchConfigAsync);
        routes.Get(One + "/status", StatusAsync);
        routes.Put(One + "/pause", context => ControlAsync(context, saved.PauseAsync, StatusCodes.Status202Accepted));
        routes.Put(One + "/resume", context => ControlAsync(context, saved.ResumeAsync, StatusCodes.Status202Accepted));
        routes.Put(One + "/stop", context => ControlAsync(context, Worker.StopAsync, StatusCodes.Status204NoContent));
        routes.Post(One + "/restart", RestartAsync);
        routes.Get(One + "/tasks", context => AnswerAsync(context, ConnectorEntities.Tasks(Find(context))));
        routes.Get(Task + "/status", TaskStatusAsync);
        routes.Post(Task + "/restart", RestartTaskAsync);
        routes.Get(One + "/topics", TopicsAsync);
        routes.Put(One + "/topics/reset", ResetTopicsAsync);
    }

    private static string NameOf(HttpContext context) => (string)context.GetRouteValue("name")!;

    private static Task AnswerAsync(HttpContext context, JsonNode body) => ConnectAnswers.JsonAsync(context, body);

    private ConnectorInfo Find(HttpContext context) => saved.Find(NameOf(context));

    private Task ListAsync(HttpContext context)
    {
        if (!context.Request.Query.TryGetValue("expand", out var expand))
            return AnswerAsync(context, ConnectAnswers.Texts(Worker.List().Select(connector => connector.Name)));
        var all = new JsonObject();
        foreach (var connector in Worker.List())
        {
            var entry = new JsonObject();
            if (expand.Contains("status"))
                entry["status"] = ConnectorEntities.Status(connector, context);
            if (expand.Contains("info"))
                entry["info"] = ConnectorEntities.Info(connector);
            all[connector.Name] = entry;
        }
        return AnswerAsync(context, all);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var body = await ConnectBody.ObjectAsync(context, options.MostBodyBytes);
        if (body.FirstOrDefault(entry => entry.Key is not ("name" or "config" or "initial_state")) is { Key: { } unknown })
            throw ConnectRestErrors.Body($"the field '{unknown}' is unknown; there are name, config and initial_state");
        var name = $"{body["name"]}".Trim();
        var settings = Given(ConnectBody.Settings(body["config"]));
        var made = await saved.CreateAsync(name, settings, InitialState(body["initial_state"]), context.RequestAborted);
        await CreatedAsync(context, made);
    }

    private static ConnectorState InitialState(JsonNode? asked) => $"{asked}".ToUpperInvariant() switch
    {
        "" or "RUNNING" => ConnectorState.Running,
        "PAUSED" => ConnectorState.Paused,
        "STOPPED" => ConnectorState.Stopped,
        _ => throw ConnectRestErrors.InitialState($"{asked}"),
    };

    private static Task CreatedAsync(HttpContext context, ConnectorInfo made)
    {
        var request = context.Request;
        context.Response.Headers.Location = $"{request.Scheme}://{request.Host}/connectors/{Uri.EscapeDataString(made.Name)}";
        return ConnectAnswers.JsonAsync(context, StatusCodes.Status201Created, ConnectorEntities.Info(made));
    }

    private static Dictionary<string, string> Given(Dictionary<string, string?> settings) =>
        settings.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!);

    private async Task PutConfigAsync(HttpContext context)
    {
        var name = NameOf(context);
        var settings = Given(ConnectBody.Settings(await ConnectBody.ObjectAsync(context, options.MostBodyBytes)));
        if (Worker.Find(name) is null)
            await CreatedAsync(context, await saved.CreateAsync(name, settings, ConnectorState.Running, context.RequestAborted));
        else
            await AnswerAsync(context, ConnectorEntities.Info(await saved.ReplaceAsync(name, settings, context.RequestAborted)));
    }

    /// <summary>Changes the given keys, and removes those that are given as null.</summary>
    private async Task PatchConfigAsync(HttpContext context)
    {
        var settings = Find(context).Configuration.ToDictionary();
        foreach (var (key, value) in ConnectBody.Settings(await ConnectBody.ObjectAsync(context, options.MostBodyBytes)))
        {
            if (value is null)
                _ = settings.Remove(key);
            else
                settings[key] = value;
        }
        await AnswerAsync(context, ConnectorEntities.Info(await saved.ReplaceAsync(NameOf(context), settings, context.RequestAborted)));
    }

    private Task StatusAsync(HttpContext context)
    {
        var connector = Worker.Find(NameOf(context)) ?? throw ConnectRestErrors.NoStatus(NameOf(context));
        return AnswerAsync(context, ConnectorEntities.Status(connector, context));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await saved.DropAsync(Find(context).Name, context.RequestAborted);
        await ConnectAnswers.Empty(context, StatusCodes.Status204NoContent);
    }

    private async Task ControlAsync(HttpContext context, Func<string, CancellationToken, Task> act, int status)
    {
        var connector = Worker.Find(NameOf(context)) ?? throw ConnectRestErrors.UnknownConnector(NameOf(context));
        await act(connector.Name, context.RequestAborted);
        await ConnectAnswers.Empty(context, status);
    }

    /// <summary>
    /// Restarts the connector together with its only task. As in Connect, the response has a body only where one of the query parameters is
    /// true.
    /// </summary>
    private async Task RestartAsync(HttpContext context)
    {
        var connector = Worker.Find(NameOf(context)) ?? throw ConnectRestErrors.UnknownForRestart(NameOf(context));
        var (includesTasks, onlyFailed) = (IsTrue(context, "includeTasks"), IsTrue(context, "onlyFailed"));
        var isMeant = !onlyFailed || connector.State == ConnectorState.Failed;
        var isRestarted = isMeant && connector.State is not (ConnectorState.Paused or ConnectorState.Stopped);
        if (isRestarted)
            await Worker.RestartAsync(connector.Name, context.RequestAborted);
        if (includesTasks || onlyFailed)
        {
            var status = ConnectorEntities.Status(connector, context, isRestarted);
            await ConnectAnswers.JsonAsync(context, StatusCodes.Status202Accepted, status);
        }
        else
            await ConnectAnswers.Empty(context, StatusCodes.Status204NoContent);
    }

    private static bool IsTrue(HttpContext context, string parameter) =>
        bool.TryParse(context.Request.Query[parameter], out var value) && value;

    private Task TaskStatusAsync(HttpContext context)
    {
        var task = TaskOf(context);
        if (Worker.Find(NameOf(context)) is not { } connector || !IsTaskOf(connector, task))
            throw ConnectRestErrors.NoTaskStatus(NameOf(context), task);
        return AnswerAsync(context, ConnectorEntities.TaskStatus(connector, context));
    }

    private async Task RestartTaskAsync(HttpContext context)
    {
        var connector = Worker.Find(NameOf(context)) ?? throw ConnectRestErrors.UnknownForRestart(NameOf(context));
        if (!IsTaskOf(connector, TaskOf(context)))
            throw ConnectRestErrors.UnknownTask(connector.Name, TaskOf(context));
        await Worker.RestartAsync(connector.Name, context.RequestAborted);
        await ConnectAnswers.Empty(context, StatusCodes.Status204NoContent);
    }

    private static int TaskOf(HttpContext context) =>
        int.Parse((string)context.GetRouteValue("task")!, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsTaskOf(ConnectorInfo connector, int task) => task == 0 && ConnectorEntities.HasTask(connector);

    /// <summary>Returns the topics used; as in Connect, also for an unknown connector.</summary>
    private Task TopicsAsync(HttpContext context)
    {
        var topics = new JsonObject { ["topics"] = ConnectAnswers.Texts(Worker.UsedTopicsOf(NameOf(context))) };
        return AnswerAsync(context, new JsonObject { [NameOf(context)] = topics });
    }

    private Task ResetTopicsAsync(HttpContext context)
    {
        Worker.ResetUsedTopics(NameOf(context));
        return ConnectAnswers.Empty(context, StatusCodes.Status202Accepted);
    }
}
