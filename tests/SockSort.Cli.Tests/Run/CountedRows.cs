using System.Text.Json.Nodes;

namespace SockSort.Cli.Tests.Run;

/// <summary>What the queries of these tests have counted.</summary>
internal static class CountedRows
{
    /// <summary>The sum of the counts in the table <c>heaps</c>; -1 while the server does not answer it.</summary>
    public static async Task<long> InHeapsAsync(HttpClient client)
    {
        using var content = new StringContent("""{"ksql":"SELECT n FROM heaps;","streamsProperties":{}}""");
        using var answer = await client.PostAsync("/query", content);
        if (!answer.IsSuccessStatusCode)
            return -1;
        var rows = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        return rows.Where(row => row!["row"] is not null).Sum(row => (long)row!["row"]!["columns"]![0]!);
    }
}
