using SockSort.Bench.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>A query over several partitions that hold more than is read at once: all of them are worked on, in the order of time.</summary>
public sealed class SeveralPartitionsTests
{
    [Theory]
    [InlineData(KafkaAddress.AtLeastOnce)]
    [InlineData(KafkaAddress.ExactlyOnce)]
    public async Task The_sock_query_gives_the_counts_of_the_generators_formula(string guarantee)
    {
        await using var kafka = await KafkaServer.StartAsync();
        var job = new KafkaJob(kafka.Bootstrap, records: 120_000, seed: 42, partitions: 4);
        await job.FillAsync(TestContext.Current.CancellationToken);

        // Throws where a pair lacks, or has another count.
        var run = await job.RunAsync(guarantee, TestContext.Current.CancellationToken);

        Assert.True(run.Written > 0);
    }
}
