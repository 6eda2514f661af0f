using SockSort.Sql.Engine.BuiltIn;
using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Queries;

/// <summary>A detector for each camera, as an operator of the engine.</summary>
internal sealed class SightingStep(SightingOptions options) : IBuiltInStep
{
    // Messages of other programs need not name a camera.
    private const string NoName = "camera";

    private const int MostNameCharacters = 200;

    // A detector with the labels of a usual model, and its entry here.
    private const long BytesOfCamera = 2000;

    private readonly Dictionary<string, WatchedCamera> _cameras = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    // The newest moment of any camera's record: of a camera that is silent while others go on, time goes on by theirs.
    private long _newestMs = long.MinValue;

    // No camera falls silent before it: with a thousand cameras not each record is worth a look at all of them.
    private long _silentAfterMs = long.MinValue;

    public long StateBytes => _cameras.Count * BytesOfCamera;

    public void Process(BuiltInRow row, IBuiltInOutput into)
    {
        if (row.Text(0) is not { } label || row.Number(1) is not { } percent)
            return;
        var name = row.Text(2) is { Length: > 0 and <= MostNameCharacters } given ? given : NoName;
        if (!_cameras.TryGetValue(name, out var camera))
            _cameras[name] = camera = new(new(name, options));
        camera.RecordMs = Math.Max(camera.RecordMs, row.TimestampMs);
        _silentAfterMs = Math.Min(_silentAfterMs, SilentAfterMs(camera));
        _ = _changed.Add(name);
        var told = camera.Detector.See(new LabelledFrame(label, percent, row.Whole(3) ?? row.TimestampMs)
        {
            Unknown = row.Number(4),
            Second = row.Text(5),
            SecondPercent = row.Number(6) ?? 0,
            Run = row.Text(7),
            Seq = row.Whole(8),
        });
        foreach (var sighting in told)
            Write(sighting, row.TimestampMs, into);
        Pass(row.TimestampMs, into);
    }

    public void AdvanceTime(long streamTimeMs, IBuiltInOutput into) => Pass(streamTimeMs, into);

    public void SaveChanges(IBuiltInState into)
    {
        foreach (var name in _changed)
        {
            var camera = _cameras[name];
            into.Put(name, value =>
            {
                value.Write(camera.RecordMs);
                camera.Detector.Write(value);
            });
        }
        _changed.Clear();
    }

    public void Restore(string key, BinaryReader value)
    {
        var camera = new WatchedCamera(new(key, options)) { RecordMs = value.ReadInt64() };
        camera.Detector.Read(value);
        _cameras.Add(key, camera);
        _newestMs = Math.Max(_newestMs, camera.RecordMs);
    }

    /// <summary>Time has gone on: cameras that have been silent for too long end what they saw.</summary>
    private void Pass(long nowMs, IBuiltInOutput into)
    {
        if (nowMs <= _newestMs)
            return;
        _newestMs = nowMs;
        if (nowMs <= _silentAfterMs)
            return;
        _silentAfterMs = long.MaxValue;
        foreach (var (name, camera) in _cameras)
        {
            if (nowMs <= SilentAfterMs(camera))
            {
                _silentAfterMs = Math.Min(_silentAfterMs, SilentAfterMs(camera));
                continue;
            }
            if (camera.Detector.FallSilent() is not { } over)
                continue;
            _ = _changed.Add(name);
            Write(over, nowMs, into);
        }
    }

    private long SilentAfterMs(WatchedCamera camera) => camera.RecordMs + (long)options.Silence.TotalMilliseconds;

    /// <summary>The record has the time of what caused it, by the clock of who wrote that: cameras' own clocks may differ.</summary>
    private static void Write(Sighting sighting, long atMs, IBuiltInOutput into) => into.Write(
        0, sighting.Id,
        [
            sighting.Camera, sighting.Sock, sighting.End is null ? "OPEN" : "CLOSED", sighting.FromMs, sighting.ToMs, sighting.Frames,
            Math.Round(sighting.Confidence, 2), sighting.End?.ToString().ToUpperInvariant(),
        ],
        atMs);

    /// <param name="detector">Of its frames.</param>
    private sealed class WatchedCamera(SightingDetector detector)
    {
        public SightingDetector Detector { get; } = detector;

        /// <summary>The newest time of its records, which is that of the machine that wrote them.</summary>
        public long RecordMs { get; set; } = long.MinValue;
    }
}
