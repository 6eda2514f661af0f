using Confluent.Kafka;
using SockSort.Log.Kafka.Clients;

namespace SockSort.Log.Kafka.Consumers;

/// <summary>Consumers that stand for their groups: they join none and read nothing, but ask for offsets and commit them.</summary>
/// <remarks>
/// Not the requests that an administrator has for that: where the broker of a group goes down under one, librdkafka 2.16 answers it twice
/// and ends the process (<c>rd_kafka_enq_once_del_source_return: Assertion `eonce->refcnt > 0' failed</c>), or never.
/// </remarks>
internal sealed class GroupConsumers(ClientSettings settings, KafkaErrors errors) : IDisposable
{
    // Each has some threads of its own.
    private const int MostKept = 8;

    private readonly Lock _gate = new();
    private readonly OpenCalls _calls = new(errors);
    private readonly List<(string Group, bool SeesCommitted, IConsumer<Ignore, Ignore> Consumer)> _kept = [];

    /// <summary>Does a call with the consumer of a group; one call at a time.</summary>
    /// <param name="group">The group.</param>
    /// <param name="seesCommitted">
    /// Whether it sees what is committed only: the end of partitions lies before what is not, and offsets on their way are waited for.
    /// </param>
    /// <param name="call">The call.</param>
    /// <exception cref="KafkaException">The brokers refuse, or do not answer.</exception>
    public T Do<T>(string group, bool seesCommitted, Func<IConsumer<Ignore, Ignore>, T> call) => _calls.Do(() =>
    {
        lock (_gate)
            return Settling.Do(() => call(Of(group, seesCommitted)));
    });

    public void Dispose()
    {
        _calls.Close();
        foreach (var (_, _, consumer) in _kept)
            consumer.Dispose();
        _kept.Clear();
    }

    private IConsumer<Ignore, Ignore> Of(string group, bool seesCommitted)
    {
        var found = _kept.Find(kept => kept.Group == group && kept.SeesCommitted == seesCommitted);
        if (found.Consumer is not null)
            return found.Consumer;
        if (_kept.Count == MostKept)
        {
            _kept[0].Consumer.Dispose();
            _kept.RemoveAt(0);
        }
        var consumer = new ConsumerBuilder<Ignore, Ignore>(settings.Group(group, seesCommitted))
            .SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        _kept.Add((group, seesCommitted, consumer));
        return consumer;
    }
}
