using System.Text;
using SockSort.Sql.Testing.Rest;

namespace SockSort.Sql.Testing.Tests.Rest;

public sealed class KafkaPartitionsTests
{
    /// <summary>Read off the order of partitions in ksqlDB's own REST tests, whose topics have four.</summary>
    [Theory]
    [InlineData("11", 0)]
    [InlineData("three", 1)]
    [InlineData("two", 1)]
    [InlineData("four", 2)]
    [InlineData("x", 2)]
    [InlineData("one", 3)]
    public void A_key_goes_into_the_partition_that_kafkas_clients_choose(string key, int partition) =>
        Assert.Equal(partition, KafkaPartitions.Of(Encoding.UTF8.GetBytes(key), partitions: 4));

    [Fact]
    public void A_record_without_key_goes_into_the_first_partition() => Assert.Equal(0, KafkaPartitions.Of(null, partitions: 4));
}
