using System.Collections.Concurrent;
using System.Text;

namespace SockSort.Mqtt.Tests;

/// <summary>A scripted broker that answers CONNECT by its version and takes messages of QoS 1.</summary>
internal sealed class VersionedBroker : IAsyncDisposable
{
    /// <summary>CONNACK of MQTT 3 and of 5, with a code.</summary>
    public static byte[] Answer3(byte code) => [0x20, 2, 0, code];

    public static byte[] Answer5(byte code) => [0x20, 3, 0, code, 0];

    /// <summary>CONNACK of success, of the client's version.</summary>
    public static byte[] Accept(Greeting greeting) => greeting.Level == 5 ? Answer5(0) : Answer3(0);

    /// <summary>Says nothing and stays.</summary>
    public static readonly byte[] Silence = [];

    /// <summary>Closes the connection.</summary>
    public static readonly byte[]? Close = null;

    private readonly ScriptedBroker _broker;
    private readonly Func<Greeting, byte[]?> _answer;
    private readonly Func<string, byte[]?> _take;

    private VersionedBroker(Func<Greeting, byte[]?> answer, Func<string, byte[]?> take)
    {
        (_answer, _take) = (answer, take);
        _broker = ScriptedBroker.Start(ServeAsync);
    }

    public MqttEndpoint Endpoint => _broker.Endpoint;

    /// <summary>The levels of the CONNECTs, in their order: 5, 4 = 3.1.1, 3 = 3.1.</summary>
    public ConcurrentQueue<int> Levels { get; } = new();

    public ConcurrentQueue<string> ClientIds { get; } = new();

    /// <summary>Topic and payload of what was acknowledged.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Topic of each message that came, acknowledged or not.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>What a client says of itself.</summary>
    /// <param name="Number">Of the connection, from 1.</param>
    public sealed record Greeting(int Level, int Number, bool HasWill, bool HasUser);

    /// <param name="answer">To CONNECT.</param>
    /// <param name="take">
    /// What is sent for a message to a topic in place of its PUBACK; <see cref="Close"/> closes. Null acknowledges all.
    /// </param>
    public static VersionedBroker Start(Func<Greeting, byte[]?> answer, Func<string, byte[]?>? take = null) =>
        new(answer, take ?? (_ => Silence));

    /// <summary>Speaks one version, and gives another answer to the others.</summary>
    public static VersionedBroker Speaking(int level, byte[]? toOthers) =>
        Start(greeting => greeting.Level == level ? Accept(greeting) : toOthers);

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private async Task ServeAsync(ScriptedConnection client, int number)
    {
        var (first, body) = await client.ReadAsync();
        if (first != Packets.Connect)
            return;
        var name = 2 + body[1];
        var greeting = new Greeting(body[name], number, HasWill: (body[name + 1] & 4) != 0, HasUser: (body[name + 1] & 0x80) != 0);
        Levels.Enqueue(greeting.Level);
        var idAt = name + 4 + (greeting.Level == 5 ? 1 + body[name + 4] : 0);
        ClientIds.Enqueue(Encoding.UTF8.GetString(body, idAt + 2, body[idAt + 1]));
        if (_answer(greeting) is not { } answer)
            return;
        await client.SendAsync(answer);
        while (true)
        {
            if (!await TakeAsync(client, greeting.Level))
                return;
        }
    }

    private async Task<bool> TakeAsync(ScriptedConnection client, int level)
    {
        var (first, body) = await client.ReadAsync();
        if ((first & 0xF0) != 0x30)
            return (first & 0xF0) != 0xE0;
        var end = 2 + body[1];
        var topic = Encoding.UTF8.GetString(body, 2, body[1]);
        Sent.Enqueue(topic);
        if (_take(topic) is not { } refusal)
            return false;
        if (refusal.Length > 0)
        {
            // The identifier stands third and fourth in a PUBACK; a DISCONNECT has none.
            await client.SendAsync(refusal[0] == 0x40 ? [refusal[0], refusal[1], body[end], body[end + 1], .. refusal[4..]] : refusal);
            return true;
        }
        Messages.Enqueue($"{topic} {Encoding.UTF8.GetString(body[(end + (level == 5 ? 3 : 2))..])}");
        await client.SendAsync([0x40, 2, body[end], body[end + 1]]);
        return true;
    }
}
