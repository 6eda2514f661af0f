using FsCheck;
using FsCheck.Fluent;

namespace SockSort.Log.Tests.Sqlite.Batches;

/// <summary>Records with and without each part, empty and long.</summary>
public static class RecordGenerator
{
    public static NewRecord Plain { get; } = new(
        "key"u8.ToArray(), "value"u8.ToArray(), 1234567890123, [new RecordHeader("name", "x"u8.ToArray())]);

    public static Arbitrary<NewRecord> Record() => (
        from key in Bytes
        from value in Bytes
        from hasTime in ArbMap.Default.GeneratorFor<bool>()
        from time in ArbMap.Default.GeneratorFor<int>()
        from headers in Header.ArrayOf()
        select new NewRecord(key, value, hasTime ? time * 1000L : null, headers)).ToArbitrary();

    private static Gen<ReadOnlyMemory<byte>?> Bytes =>
        from missing in ArbMap.Default.GeneratorFor<bool>()
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        from times in Gen.Elements(1, 1, 1, 50)
        select missing ? null : (ReadOnlyMemory<byte>?)Enumerable.Repeat(bytes ?? [], times).SelectMany(some => some).ToArray();

    private static Gen<RecordHeader> Header =>
        from name in Gen.Elements("", "mqtt.qos", "späte Socke", new string('n', 200))
        from value in Bytes
        select new RecordHeader(name, value);
}
