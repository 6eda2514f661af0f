using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SockSort.Testing;

namespace SockSort.Connect.Tests.HttpSink;

/// <summary>A web server that keeps what it is sent, and answers as the test asks.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<Call> _calls = [];
    private readonly Lock _gate = new();

    private Webhook(WebApplication application) => _application = application;

    /// <summary>Gives the status for a request's body and the number of requests before it.</summary>
    public Func<string, int, HttpStatusCode> Answer { get; set; } = (_, _) => HttpStatusCode.NoContent;

    /// <summary>What stands in the body of an answer, for the connector's error.</summary>
    public string Said { get; set; } = "";

    /// <summary>Headers of each answer.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public string Url => _application.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>The bodies of the requests that were answered with success, in their order.</summary>
    public IReadOnlyList<string> Taken => [.. Calls.Where(call => (int)call.Status < 300).Select(call => call.Body)];

    public static async Task<Webhook> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var hook = new Webhook(builder.Build());
        hook._application.Run(hook.TakeAsync);
        await hook._application.StartAsync();
        return hook;
    }

    public Task TakenAsync(int count) => Eventually.TrueAsync(() => Taken.Count >= count, $"the web server has taken {count} requests");

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        var body = await reader.ReadToEndAsync();
        HttpStatusCode status;
        lock (_gate)
        {
            status = Answer(body, _calls.Count);
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => $"{header.Value}");
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            _calls.Add(new Call(context.Request.Method, target, body, headers, status));
        }
        context.Response.StatusCode = (int)status;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        if (Said.Length > 0)
            await context.Response.WriteAsync(Said);
    }

    /// <summary>One request and its answer.</summary>
    internal sealed record Call(
        string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers, HttpStatusCode Status);
}
