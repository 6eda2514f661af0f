using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SockSort.Host.Listening.Access;

/// <summary>Why a request was refused.</summary>
/// <param name="Status">401: no password or a wrong one; 429: too many wrong ones.</param>
/// <param name="Text">The message for the client.</param>
/// <param name="Realm">The name of what the password protects.</param>
/// <param name="Wait">How long passwords are refused unchecked; null if they are checked now.</param>
public sealed record Refusal(int Status, string Text, string Realm, TimeSpan? Wait)
{
    /// <summary>Sets the headers of the refusal.</summary>
    public void SetHeaders(HttpResponse response)
    {
        if (Wait is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        else
            response.Headers.WWWAuthenticate = $"Basic realm=\"{Realm}\", charset=\"UTF-8\"";
    }

    internal static async Task AnswerAsTextAsync(HttpContext context, Refusal refusal)
    {
        var body = Encoding.UTF8.GetBytes(refusal.Text + "\n");
        var response = context.Response;
        refusal.SetHeaders(response);
        response.StatusCode = refusal.Status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
