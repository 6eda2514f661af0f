using System.Threading.Channels;
using SockSort.Host.Configuration.Settings;
using SockSort.Log;

namespace SockSort.Cli.Run;

/// <summary>Gives each topic the retention that a configuration names for it, those that are made later too.</summary>
internal sealed class RetentionRules : IAsyncDisposable
{
    private readonly Channel<string> _topics = Channel.CreateUnbounded<string>();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly ILog _log;
    private readonly RetentionConfiguration _rules;
    private readonly Task _applying;

    public RetentionRules(ILog log, RetentionConfiguration rules)
    {
        (_log, _rules) = (log, rules);
        if (IsEmpty(rules))
        {
            _applying = Task.CompletedTask;
            return;
        }
        _log.Appended += Note;
        foreach (var topic in log.Topics())
            Note(topic.Name);
        _applying = ApplyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _log.Appended -= Note;
        _ = _topics.Writer.TryComplete();
        await _applying;
    }

    // Raised by the log's own thread, which must not wait for a commit.
    private void Note(string topic)
    {
        lock (_done)
        {
            if (topic.Length > 0 && _done.Add(topic))
                _ = _topics.Writer.TryWrite(topic);
        }
    }

    private async Task ApplyAsync()
    {
        await foreach (var topic in _topics.Reader.ReadAllAsync())
        {
            if (_log.FindTopic(topic) is not { } found || topic.StartsWith('_'))
                continue;
            try
            {
                await _log.CreateTopicAsync(topic, found.Partitions, RetentionOf(topic));
            }
            catch (LogException)
            {
                // The disk is full: tried again at the topic's next record, and the log tells of the disk.
                lock (_done)
                    _ = _done.Remove(topic);
            }
        }
    }

    private TopicRetention RetentionOf(string topic)
    {
        var rule = _rules.Of(topic);
        return new TopicRetention(rule.Time, rule.SizeBytes);
    }

    private static bool IsEmpty(RetentionConfiguration rules) =>
        rules.Topics.Count == 0 && rules.Default is { Time: null, SizeBytes: null };
}
