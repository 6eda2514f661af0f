using System.Text;

namespace SockSort.Log.Tests;

public sealed class KeyPartitionTests
{
    /// <summary>Hashes and partitions that <c>Utils.murmur2</c> and <c>BuiltInPartitioner</c> of Kafka 4.1 give.</summary>
    [Theory]
    [InlineData("a", -1563381124, 0, 5)]
    [InlineData("ab", 316155434, 2, 0)]
    [InlineData("abc", 479470107, 3, 4)]
    [InlineData("21", -973932308, 0, 3)]
    [InlineData("foobar", -790332482, 2, 0)]
    [InlineData("Google", 1642970067, 3, 4)]
    [InlineData("Blank", 29482004, 0, 6)]
    [InlineData("left sock", -1315179647, 1, 4)]
    [InlineData("a-little-bit-long-string", -985981536, 0, 1)]
    [InlineData("a-little-bit-longer-string", -1486304829, 3, 0)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971, 1, 3)]
    [InlineData("Größe ☃", -847971063, 1, 0)]
    public void A_key_goes_into_the_partition_that_kafkas_producer_chooses(string key, int hash, int ofFour, int ofSeven)
    {
        var bytes = Encoding.UTF8.GetBytes(key);

        Assert.Equal(
            (hash, ofFour, ofSeven),
            ((int)KeyPartition.Hash(bytes), KeyPartition.Of(bytes, partitions: 4), KeyPartition.Of(bytes, partitions: 7)));
    }

    /// <summary>As above, of bytes that are no text.</summary>
    [Theory]
    [InlineData("", 275646681, 1)]
    [InlineData("fffe80", -160726397, 3)]
    [InlineData("0000000000000001", 2100486060, 0)]
    [InlineData("0000000080000000", 394182092, 0)]
    [InlineData("ffffffff", 644171429, 1)]
    public void So_do_keys_of_any_bytes(string hexadecimal, int hash, int ofFour)
    {
        var bytes = Convert.FromHexString(hexadecimal);

        Assert.Equal((hash, ofFour), ((int)KeyPartition.Hash(bytes), KeyPartition.Of(bytes, partitions: 4)));
    }

    /// <summary>Read off the order of partitions in ksqlDB's own REST tests, whose topics have four.</summary>
    [Theory]
    [InlineData("11", 0)]
    [InlineData("three", 1)]
    [InlineData("two", 1)]
    [InlineData("four", 2)]
    [InlineData("x", 2)]
    [InlineData("one", 3)]
    public void And_keys_of_ksqldbs_tests_lie_where_its_server_has_them(string key, int partition) =>
        Assert.Equal(partition, KeyPartition.Of(Encoding.UTF8.GetBytes(key), partitions: 4));
}
