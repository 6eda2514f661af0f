using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Mqtt.Publishing;
using SockSort.Shared;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>Which numbers of one run of a camera the log has. Not thread-safe.</summary>
internal sealed class RunRecord
{
    // A publisher that loses single messages again and again would make it grow without end.
    private const int MostRanges = 256;

    // Of a receipt: what is missing in them is sent again first.
    private const int MostToldRanges = 32;

    private readonly NumberRanges _stored = new();

    // Up to here numbers may be missing that are taken for stored, so that those which come are stored and not taken for doubles.
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

    /// <summary>How many messages had been stored with its latest one: by it the latest run of a camera is known.</summary>
    public long Used { get; set; }

    /// <summary>What is to be told of it.</summary>
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

    /// <summary>Null where it cannot be read.</summary>
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

/// <param name="Stored">Ranges, first and last number each.</param>
internal sealed record KeptRun(string Camera, string Run, long[][] Stored, long Unsure, long Used);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptRun))]
internal sealed partial class RunJson : JsonSerializerContext;
