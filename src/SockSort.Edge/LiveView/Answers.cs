using System.Text;
using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>Sends complete responses. HEAD gets only the headers, the same as for GET.</summary>
internal static class Answers
{
    public static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    public static async Task SendAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
