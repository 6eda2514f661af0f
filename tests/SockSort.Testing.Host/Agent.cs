using System.Text;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

/// <summary>
/// A camera's publisher without a camera, to be killed: gives numbered messages to a publisher with a disk buffer, and notes each one in a
/// journal once the publisher has it.
/// </summary>
internal static class Agent
{
    private const string Camera = "desk";

    /// <param name="folder">Of buffer and journal.</param>
    /// <param name="total">Lines of the journal at which it is enough, over all starts.</param>
    public static async Task RunAsync(string folder, MqttEndpoint endpoint, int total)
    {
        var run = Guid.NewGuid().ToString("N")[..16];
        await using var publisher = MqttPublisher.Start(new PublisherOptions
        {
            Endpoint = endpoint,
            ClientId = "socksortagent",
            BufferFolder = Path.Combine(folder, "buffer"),
            ReceiptTopic = CameraTopics.Committed(Camera),
        });
        var path = Path.Combine(folder, "journal");
        var before = File.Exists(path) ? File.ReadAllLines(path).Length : 0;
        await using var journal = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Console.WriteLine("ready");
        for (var seq = 1; before + seq <= total; seq++)
        {
            var payload = $$"""{"image": "Google", "probability": 97.42, "camera": "{{Camera}}", "seq": {{seq}}, "run": "{{run}}"}""";
            _ = publisher.Publish("sockfound", Encoding.UTF8.GetBytes(payload), stamp: new MessageStamp(run, seq));
            journal.Write(Encoding.UTF8.GetBytes($"{run} {seq}\n"));
            await Task.Delay(1);
        }
        await Task.Delay(Timeout.Infinite);
    }
}
