using System.Net.Http.Headers;
using System.Text;
using SockSort.Connect.Sinks;

namespace SockSort.Connect.HttpSink;

/// <summary>Makes the requests of an HTTP sink.</summary>
internal sealed class HttpRequests(string connector, HttpSinkConfiguration configuration)
{
    public HttpRequestMessage Of(string topic, RequestGroup group)
    {
        var method = group.IsDelete ? HttpMethod.Delete : configuration.Method;
        var request = new HttpRequestMessage(method, group.Url) { Content = new ByteArrayContent(BodyOf(group)) };
        request.Content.Headers.ContentType = TypeOf(group);
        request.Headers.Authorization = configuration.Authorization;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SockSort", productVersion: null));
        request.Headers.Add("Idempotency-Key", $"\"{connector}-{topic}-{group.Records[0].Partition}-{group.Records[0].Offset}\"");
        foreach (var (name, value) in configuration.Headers)
            _ = HttpSinkConfiguration.Add(request, name, value);
        return request;
    }

    private byte[] BodyOf(RequestGroup group)
    {
        if (group.IsDelete)
            return [];
        if (configuration.Batch.Size == 1)
            return group.Records[0].Value!.Value.ToArray();
        using var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes(configuration.Batch.Prefix));
        foreach (var record in group.Records)
        {
            if (record != group.Records[0])
                body.Write(Encoding.UTF8.GetBytes(configuration.Batch.Separator));
            body.Write(record.Value!.Value.Span);
        }
        body.Write(Encoding.UTF8.GetBytes(configuration.Batch.Suffix));
        return body.ToArray();
    }

    private MediaTypeHeaderValue? TypeOf(RequestGroup group)
    {
        if (group.IsDelete)
            return null;
        // Of an array each value has been looked at already.
        var isJson = configuration.IsJsonArray || group.Records.All(record => RecordJson.IsJson(record.Value!.Value.Span));
        return new MediaTypeHeaderValue(isJson ? "application/json" : "application/octet-stream");
    }
}
