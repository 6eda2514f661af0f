using System.Text;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>
/// Which messages a connector has stored already, by what they say of themselves. It is kept in the log, in the commit that stores the
/// messages, so that both are there or neither. For one batch at a time.
/// </summary>
internal sealed class SeenMessages
{
    /// <summary>Beyond it the run that was used least lately is forgotten; messages of it that come once more are stored twice.</summary>
    internal const int MostRuns = 1000;

    private const string Owner = "_socksort_connect";

    private readonly string _prefix;
    private readonly Dictionary<(string Camera, string Run), RunRecord> _runs = [];
    private long _stored;

    /// <param name="topic">Of the log.</param>
    public SeenMessages(ILogReader log, string connector, string topic)
    {
        _prefix = $"seen {connector}\n{topic}\n";
        var prefix = Encoding.UTF8.GetBytes(_prefix);
        foreach (var (key, value) in log.States(Owner))
        {
            if (key.AsSpan().StartsWith(prefix) && RunRecord.Parse(value) is { } run)
                _runs[(run.Camera, run.Run)] = run;
        }
        _stored = _runs.Values.Select(run => run.Used).DefaultIfEmpty().Max();
    }

    /// <summary>The latest run of each camera.</summary>
    public IEnumerable<RunRecord> Latest() => _runs.Values.GroupBy(run => run.Camera).Select(runs => runs.MaxBy(run => run.Used)!);

    public Batch Begin() => new(this);

    private byte[] KeyOf(RunRecord run) => Encoding.UTF8.GetBytes($"{_prefix}{run.Camera}\n{run.Run}");

    /// <summary>Messages that are stored together.</summary>
    internal sealed class Batch(SeenMessages seen)
    {
        private readonly Dictionary<(string Camera, string Run), RunRecord> _changed = [];
        private readonly Dictionary<(string Camera, string Run), RunRecord> _repeated = [];
        private List<RunRecord> _forgotten = [];
        private int _taken;

        /// <summary>How many of its messages are in the log already.</summary>
        public int Doubles { get; private set; }

        /// <summary>The runs of its messages, once they are stored.</summary>
        public IEnumerable<RunRecord> Runs => _changed.Values.Concat(_repeated.Values);

        /// <summary>Whether a message is to be stored: false where it is in the log, or in this batch, already.</summary>
        public bool Takes(MqttMessage message)
        {
            if (MessageOrigin.Of(message) is not { } origin)
                return true;
            var key = (origin.Camera, origin.Run);
            var run = _changed.GetValueOrDefault(key) ?? seen._runs.GetValueOrDefault(key);
            if (run?.Has(origin.Seq) == true)
            {
                Doubles++;
                if (!_changed.ContainsKey(key))
                    _repeated[key] = run;
                return false;
            }
            if (!_changed.ContainsKey(key))
                run = _changed[key] = run?.Copy() ?? new RunRecord(origin.Camera, origin.Run);
            _ = _repeated.Remove(key);
            run!.Add(origin.Seq);
            run.Used = seen._stored + ++_taken;
            return true;
        }

        /// <summary>What is to be committed with the messages.</summary>
        public IReadOnlyList<StateChange> Changes()
        {
            if (_changed.Count == 0)
                return [];
            var more = seen._runs.Count + _changed.Keys.Count(key => !seen._runs.ContainsKey(key)) - MostRuns;
            _forgotten = more <= 0 ? [] : [.. seen._runs.Values.OrderBy(run => run.Used).Where(run => !IsChanged(run)).Take(more)];
            return
            [
                .. _forgotten.Select(run => new StateChange(Owner, seen.KeyOf(run), Value: null)),
                .. _changed.Values.Select(run => new StateChange(Owner, seen.KeyOf(run), run.ToBytes())),
            ];
        }

        /// <summary>It is committed.</summary>
        public void Done()
        {
            foreach (var run in _forgotten)
                _ = seen._runs.Remove((run.Camera, run.Run));
            foreach (var (key, run) in _changed)
                seen._runs[key] = run;
            seen._stored += _taken;
        }

        private bool IsChanged(RunRecord run) => _changed.ContainsKey((run.Camera, run.Run));
    }
}
