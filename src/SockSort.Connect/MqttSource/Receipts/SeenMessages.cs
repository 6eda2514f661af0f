using System.Text;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>
/// The messages that a connector has already stored, by their stated origin. The log keeps this record in the same commit as the messages,
/// so that both are stored or neither. One batch at a time.
/// </summary>
internal sealed class SeenMessages
{
    /// <summary>
    /// The largest number of runs. Beyond it the least recently used one is forgotten, and its messages are stored twice if they are sent
    /// again.
    /// </summary>
    internal const int MostRuns = 1000;

    private const string Owner = "_socksort_connect";

    private readonly string _prefix;
    private readonly Dictionary<(string Camera, string Run), RunRecord> _runs = [];
    private long _stored;

    /// <param name="topic">The connector's topic in the log.</param>
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

    /// <summary>Returns the latest run of each camera.</summary>
    public IEnumerable<RunRecord> Latest() => _runs.Values.GroupBy(run => run.Camera).Select(runs => runs.MaxBy(run => run.Used)!);

    public Batch Begin() => new(this);

    private byte[] KeyOf(RunRecord run) => Encoding.UTF8.GetBytes($"{_prefix}{run.Camera}\n{run.Run}");

    /// <summary>A batch of messages that are stored in one commit.</summary>
    internal sealed class Batch(SeenMessages seen)
    {
        private readonly Dictionary<(string Camera, string Run), RunRecord> _changed = [];
        private readonly Dictionary<(string Camera, string Run), RunRecord> _repeated = [];
        private List<RunRecord> _forgotten = [];
        private int _taken;

        /// <summary>The number of its messages that the log, or the batch, already has.</summary>
        public int Doubles { get; private set; }

        /// <summary>The runs of its messages; to be read after the commit.</summary>
        public IEnumerable<RunRecord> Runs => _changed.Values.Concat(_repeated.Values);

        /// <summary>Adds a message to the batch; false where the log or this batch already has it, so that it must not be stored.</summary>
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

        /// <summary>Returns the state changes to commit together with the messages.</summary>
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

        /// <summary>Applies the changes after the commit.</summary>
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
