using System.Text;
using System.Text.Json.Nodes;

namespace SockSort.Bench;

/// <summary>Asks a server's REST API as ksqlDB's clients do.</summary>
internal static class KsqlRequests
{
    /// <returns>The answer as soon as its head has come; the caller's.</returns>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient client, string path, JsonObject body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Runs a query.</summary>
    /// <param name="properties">Those of the query; null for none.</param>
    /// <returns>As <see cref="PostAsync"/>.</returns>
    /// <exception cref="BenchException">The server refuses it.</exception>
    public static async Task<HttpResponseMessage> QueryAsync(
        HttpClient client, string sql, JsonObject? properties, CancellationToken cancellation)
    {
        var body = new JsonObject { ["sql"] = sql };
        if (properties is not null)
            body["properties"] = properties;
        var answer = await PostAsync(client, "/query-stream", body, cancellation);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new BenchException($"the server refuses '{sql}': {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
