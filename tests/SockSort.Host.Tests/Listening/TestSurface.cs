using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SockSort.Host.Listening;

namespace SockSort.Host.Tests.Listening;

/// <summary>Says 'hello' to whoever may come in.</summary>
internal static class TestSurface
{
    public static WebSurface Hello { get; } = new()
    {
        Name = "test",
        Map = app => app.MapGet("/", context => context.Response.WriteAsync($"hello over {context.Request.Protocol}")),
    };

    public static Task<WebListener> StartAsync(WebListening listening, WebSurface? surface = null) =>
        WebListener.StartAsync(surface ?? Hello, listening, TestContext.Current.CancellationToken);
}
