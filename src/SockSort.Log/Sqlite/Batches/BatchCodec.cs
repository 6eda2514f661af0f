using System.Buffers.Binary;
using System.Numerics;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Batches;

/// <summary>Encodes a batch: consecutive records of one partition in one blob.</summary>
/// <remarks>
/// Layout, format 1 (docs/reference/log-format.md); numbers are unsigned LEB128 varints unless said otherwise:
/// <code>
/// byte    format = 1
/// uint32  CRC-32C (Castagnoli, start and final xor FFFFFFFF), little-endian, of all bytes after it
/// varint  number of records, at least 1
/// varint  base timestamp, zigzag, ms since 1970 UTC
/// per record:
///   varint  timestamp minus base timestamp, zigzag
///   varint  0 = no key, else key length + 1; key
///   varint  0 = no value, else value length + 1; value
///   varint  number of headers; per header: varint name length, UTF-8 name, varint 0 = null, else length + 1, value
/// </code>
/// A record's offset is the batch's base offset, which is stored beside the blob, plus its index in the batch.
/// </remarks>
internal static class BatchCodec
{
    // Timestamp and lengths of a record without headers whose timestamp is near its neighbours'. For more, the array grows.
    private const int MostFramingBytes = 16;

    private const byte Format = 1;
    private const int ChecksumAt = 1;
    private const int BodyAt = 5;

    /// <param name="nowMs">The timestamp of records that have none.</param>
    /// <param name="lengthBytes">The length of keys, values and headers together if it is known; it sets the array's first size.</param>
    public static byte[] Encode(ReadOnlySpan<NewRecord> records, long nowMs, long lengthBytes = 0)
    {
        var writer = new ByteWriter(32 + lengthBytes + (records.Length * MostFramingBytes));
        try
        {
            Write(ref writer, records, nowMs);
            var bytes = writer.ToArray();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), Checksum(bytes.AsSpan(BodyAt)));
            return bytes;
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Decodes the batch's records from <paramref name="fromOffset"/> on, at most <paramref name="maxRecords"/>.</summary>
    /// <param name="copiesHeaders">Whether to copy the headers' values, so that they may outlive the bytes.</param>
    /// <exception cref="LogException">The bytes are not a valid batch (<see cref="LogErrorKind.Damaged"/>).</exception>
    public static void Decode(
        ReadOnlyMemory<byte> bytes, BatchPlace place, long fromOffset, int maxRecords, List<LogRecord> into, bool copiesHeaders = false)
    {
        try
        {
            var reader = Open(bytes);
            var count = (long)reader.Varint();
            var baseMs = reader.Zigzag();
            var skipped = Math.Max(0, fromOffset - place.BaseOffset);
            var end = Math.Min(count, skipped + maxRecords);
            var headerReader = new HeaderReader(copiesHeaders);
            for (var i = 0L; i < end; i++)
            {
                var timestampMs = baseMs + reader.Zigzag();
                var (key, value, headers) = (reader.Optional(), reader.Optional(), headerReader.Read(ref reader));
                if (i >= skipped)
                    into.Add(new LogRecord(place.Partition, place.BaseOffset + i, timestampMs, key, value, headers));
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw SqliteErrors.Batch(place.Topic, place.Partition, place.BaseOffset, error.Message);
        }
    }

    private static void Write(ref ByteWriter writer, ReadOnlySpan<NewRecord> records, long nowMs)
    {
        writer.Byte(Format);
        writer.Bytes(stackalloc byte[BodyAt - ChecksumAt]);
        writer.Varint((ulong)records.Length);
        var baseMs = records[0].TimestampMs ?? nowMs;
        writer.Zigzag(baseMs);
        var headers = new HeaderWriter();
        foreach (ref readonly var record in records)
            Write(ref writer, ref headers, record, (record.TimestampMs ?? nowMs) - baseMs);
    }

    private static void Write(ref ByteWriter writer, ref HeaderWriter headers, in NewRecord record, long deltaMs)
    {
        writer.Zigzag(deltaMs);
        writer.Optional(record.Key);
        writer.Optional(record.Value);
        headers.Write(ref writer, record.Headers);
    }

    private static ByteReader Open(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < BodyAt)
            throw new FormatException($"{bytes.Length} bytes are too few");
        if (bytes.Span[0] != Format)
            throw new FormatException($"unknown format {bytes.Span[0]}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[ChecksumAt..]) != Checksum(bytes.Span[BodyAt..]))
            throw new FormatException("checksum differs");
        return new ByteReader(bytes[BodyAt..]);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}

/// <summary>Identifies the batch being read, for its records and for errors.</summary>
internal readonly record struct BatchPlace(string Topic, int Partition, long BaseOffset);
