using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SockSort.Host.Listening.Access;

/// <summary>Why a request is not answered.</summary>
/// <param name="Status">401: no password or a wrong one; 429: too many wrong ones.</param>
/// <param name="Text">For who asks.</param>
/// <param name="Realm">What the password is for.</param>
/// <param name="Wait">After which passwords are looked at again; null where they are now.</param>
public sealed record Refusal(int Status, string Text, string Realm, TimeSpan? Wait)
{
    /// <summary>Sets the headers that go with it.</summary>
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
