using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Mqtt.Publishing;
using SockSort.Shared;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>The sequence numbers of one camera run that the log has. Not thread-safe.</summary>
internal sealed class RunRecord
{
    // Without this limit, a publisher that loses single messages again and again would make the record grow without end.
    private const int MostRanges = 256;

    // The largest number of ranges in a receipt; the camera sends again first what is missing between them.
    private const int MostToldRanges = 32;

    private readonly NumberRanges _stored = new();

    // Add may count missing numbers up to this one as stored, so no number up to it is taken for a duplicate.
    private long _unsureUpTo;

    public RunRecord(string camera, string run) => (Camera, Run) = (camera, run);

    public RunRecord(KeptRun kept)
        : this(kept.Camera, kept.Run)
    {
        (_unsureUpTo, Used) = (kept.Unsure, kept.Used);
        foreach (var range in kept.Stored)
            _stored.Add(range[0], range[1]);
    }

    public string Camera { get; }

    public string Run { get; }

    /// <summary>The count of stored messages at the latest message of the run; it shows which run of a camera is the latest.</summary>
    public long Used { get; set; }

    /// <summary>The receipt to send for this run.</summary>
    public Receipt Receipt
    {
        get
        {
            var ranges = _stored.Ranges;
            var upTo = ranges.Count > 0 && ranges[0].First <= 1 ? ranges[0].Last : 0;
            var also = ranges.Where(range => range.First > upTo).Take(MostToldRanges)
                .Select(range => new[] { range.First, range.Last }).ToArray();
            return new Receipt(Run, upTo, also.Length == 0 ? null : also);
        }
    }

    public RunRecord Copy() => new(ToKept());

    public bool Has(long seq) => seq > _unsureUpTo && _stored.Contains(seq);

    public void Add(long seq)
    {
        _ = _stored.Add(seq);
        while (_stored.Ranges.Count > MostRanges)
        {
            _unsureUpTo = _stored.Ranges[1].First - 1;
            _stored.Add(1, _unsureUpTo);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(ToKept(), RunJson.Default.KeptRun);

    /// <summary>Reads a stored record; null where it can't be read.</summary>
    public static RunRecord? Parse(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, RunJson.Default.KeptRun) is { } kept ? new RunRecord(kept) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private KeptRun ToKept() =>
        new(Camera, Run, [.. _stored.Ranges.Select(range => new[] { range.First, range.Last })], _unsureUpTo, Used);
}

/// <param name="Stored">The ranges, each as its first and last number.</param>
internal sealed record KeptRun(string Camera, string Run, long[][] Stored, long Unsure, long Used);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptRun))]
internal sealed partial class RunJson : JsonSerializerContext;
