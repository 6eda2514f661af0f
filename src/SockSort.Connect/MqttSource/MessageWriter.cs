using SockSort.Connect.Classes;
using SockSort.Connect.MqttSource.Receipts;
using SockSort.Log;
using SockSort.Mqtt;
using SockSort.Shared;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// Stores messages in the connector's topic, and those that can't be stored there as dead letters, in one commit. Each message is stored,
/// described in a dead letter, or counted as foreign or as a duplicate, so that none is sent again for ever. One call at a time.
/// </summary>
/// <param name="receipts">Gets what was stored, to send receipts; null where duplicates are stored and no receipts are sent.</param>
internal sealed class MessageWriter(
    string connector, MqttSourceConfiguration configuration, MqttSourcePlace place, MessageReceipts? receipts)
{
    private readonly RecordConverter _converter = new(configuration.ValueForm, configuration.KeyField);
    private readonly GrowingCount _skipped = new(place.Clock);
    private readonly RecordPlacer _placer = new(place.Log);
    private List<NewRecord>? _records;
    private string? _lastTopic;
    private bool _isLastAskedFor;
    private long _stored;
    private long _tooLarge;
    private long _deadLetters;
    private long _foreign;
    private long _doubles;

    public ConnectorCounts Counts => new()
    {
        Stored = Interlocked.Read(ref _stored),
        TooLarge = Interlocked.Read(ref _tooLarge),
        DeadLetters = Interlocked.Read(ref _deadLetters),
        Foreign = Interlocked.Read(ref _foreign),
        Doubles = Interlocked.Read(ref _doubles),
    };

    /// <exception cref="LogException">Nothing was stored, since the disk is full or fails. The call may be repeated.</exception>
    public async Task WriteAsync(IReadOnlyList<MqttMessage> messages, CancellationToken cancellationToken = default)
    {
        var wanted = Wanted(messages);
        await StoreAllAsync(wanted, cancellationToken);
        _ = Interlocked.Add(ref _foreign, messages.Count - wanted.Count);
    }

    /// <summary>
    /// Those that match a current filter: a session kept by the broker may hold messages of filters that the connector once had.
    /// </summary>
    private IReadOnlyList<MqttMessage> Wanted(IReadOnlyList<MqttMessage> messages)
    {
        foreach (var message in messages)
        {
            if (!IsAskedFor(message.Topic))
                return [.. messages.Where(one => IsAskedFor(one.Topic))];
        }
        return messages;
    }

    private bool IsAskedFor(string topic)
    {
        // Most messages have the topic of the one before.
        if (!ReferenceEquals(topic, _lastTopic))
            (_lastTopic, _isLastAskedFor) = (topic, configuration.MqttTopics.Any(filter => TopicFilter.Matches(filter, topic)));
        return _isLastAskedFor;
    }

    private async Task StoreAllAsync(IReadOnlyList<MqttMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(messages, cancellationToken);
        }
        catch (LogException error) when (error.Kind == LogErrorKind.WrongRequest)
        {
            // The log refuses one of the messages for its content, and the others must not wait for it: half of them first.
            if (messages.Count == 1)
            {
                await TellAsync(messages[0], error.Message, cancellationToken);
                return;
            }
            var half = messages.Count / 2;
            await StoreAllAsync([.. messages.Take(half)], cancellationToken);
            await StoreAllAsync([.. messages.Skip(half)], cancellationToken);
        }
    }

    private async Task TellAsync(MqttMessage message, string problem, CancellationToken cancellationToken)
    {
        await StoreAsync([], [DeadLetter.Of(connector, message, problem)], BatchOf([message]), cancellationToken);
        Tell(problem);
    }

    private async Task StoreAsync(IReadOnlyList<MqttMessage> messages, CancellationToken cancellationToken)
    {
        // Used again for the next messages, unless the log may still have them.
        var records = Interlocked.Exchange(ref _records, null) ?? [];
        var letters = new List<NewRecord>();
        var tooLarge = 0;
        var reason = "";
        var batch = receipts?.Seen.Begin();
        foreach (var message in messages)
        {
            if (batch?.Takes(message) == false)
                continue;
            var isTooLarge = message.FullBytes > configuration.MaxMessageBytes || message.IsCut;
            var (record, problem) = isTooLarge
                ? (null, MqttSourceErrors.MessageTooLarge(message.FullBytes, configuration.MaxMessageBytes))
                : _converter.Convert(message);
            if (record is { } converted)
            {
                records.Add(converted);
                continue;
            }
            tooLarge += isTooLarge ? 1 : 0;
            reason = problem!;
            letters.Add(DeadLetter.Of(connector, message, reason));
        }
        await StoreAsync(records, letters, batch, cancellationToken);
        records.Clear();
        _records = records;
        _ = Interlocked.Add(ref _tooLarge, tooLarge);
        if (letters.Count > 0)
            Tell(reason);
    }

    private SeenMessages.Batch? BatchOf(IEnumerable<MqttMessage> messages)
    {
        var batch = receipts?.Seen.Begin();
        foreach (var message in messages)
            _ = batch?.Takes(message);
        return batch;
    }

    private async Task StoreAsync(
        List<NewRecord> records, List<NewRecord> letters, SeenMessages.Batch? batch, CancellationToken cancellationToken)
    {
        TopicAppend[] appends =
            [.. _placer.Place(configuration.LogTopic, records), .. _placer.Place(configuration.DeadLetterTopic, letters)];
        if (appends.Length > 0)
            _ = await place.Log.CommitAsync(new LogCommit { Appends = appends, States = batch?.Changes() ?? [] }, cancellationToken);
        _ = Interlocked.Add(ref _stored, records.Count);
        _ = Interlocked.Add(ref _deadLetters, letters.Count);
        if (batch is null)
            return;
        batch.Done();
        _ = Interlocked.Add(ref _doubles, batch.Doubles);
        receipts!.Teller.Tell(batch.Runs);
    }

    private void Tell(string reason)
    {
        var skipped = Interlocked.Read(ref _deadLetters);
        if (_skipped.IsNews(skipped))
            place.Events.MessagesSkipped(connector, skipped, configuration.DeadLetterTopic, reason);
    }
}
