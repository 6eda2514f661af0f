using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Publishing;

/// <summary>A publisher with a disk buffer: what waits outlives it, and stays until somebody has it for good.</summary>
public sealed class BufferedPublisherTests : IDisposable
{
    private const string ReceiptTopic = "socksort/desk/committed";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly BrokerOptions _options = new() { Port = FreePort.Next(), Password = "p" };
    private readonly ConcurrentQueue<string> _received = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_waited_when_a_publisher_ended_is_sent_by_the_next_one_in_its_order()
    {
        await using (var publisher = Start())
            Publish(publisher, 1, 500);
        await using var broker = await ListenAsync();

        await using var again = Start();
        Publish(again, 501, 600);
        var flushed = await again.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(Numbers(1, 600), _received);
        Assert.Equal((500, 100, 600, 0), CountsOf(again));
    }

    [Fact]
    public async Task What_is_published_after_the_end_leaves_the_buffer_as_it_is()
    {
        var publisher = Start();
        Publish(publisher, 1, 3);
        await publisher.DisposeAsync();
        Publish(publisher, 4, 6);

        await using var broker = await ListenAsync();
        await using var again = Start();
        var flushed = await again.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(Numbers(1, 3), _received);
    }

    [Fact]
    public async Task A_folder_with_a_file_that_is_not_the_buffer_s_own_is_not_used_and_told_of()
    {
        _ = _folder.Write("notes.buffer", "mine");

        await using var publisher = Start();

        Assert.StartsWith($"the buffer in {_folder.Path} can't be used (", publisher.Status.Buffer!.Problem);
    }

    [Fact]
    public async Task More_than_memory_takes_waits_on_disk_and_is_sent_in_its_order()
    {
        await using var publisher = Start(options => options with { MaxWaiting = 10 });
        Publish(publisher, 1, 500);
        Assert.Equal((500, 0), (publisher.Status.Waiting, publisher.Status.Dropped));

        await using var broker = await ListenAsync();
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(Numbers(1, 500), _received);
    }

    [Fact]
    public async Task What_the_broker_has_acknowledged_is_not_sent_by_the_next_start_where_nobody_confirms()
    {
        await using var broker = await ListenAsync();
        await using (var publisher = Start())
        {
            Publish(publisher, 1, 100);
            Assert.True(await publisher.FlushAsync(Limit));
        }

        await using var again = Start();
        Publish(again, 101, 101);
        Assert.True(await again.FlushAsync(Limit));

        Assert.Equal(Numbers(1, 101), _received);
    }

    [Fact]
    public async Task What_nobody_has_confirmed_is_sent_by_the_next_start_where_somebody_does()
    {
        await using var broker = await ListenAsync();
        await using var receiver = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });
        await using (var publisher = Start())
        {
            Publish(publisher, 1, 100);
            Assert.True(await publisher.FlushAsync(Limit));
            _ = receiver.Publish(ReceiptTopic, new Receipt("0a1b", 40).ToBytes(), retain: true);
            await Eventually.TrueAsync(() => Directory.GetFiles(_folder.Path, "confirmed").Length == 1, "the receipt has come");
        }
        _received.Clear();

        await using var again = Start();
        Assert.True(await again.FlushAsync(Limit));

        Assert.Equal(Numbers(41, 100), _received);
        Assert.Equal((60, 0, 60, 0), CountsOf(again));
    }

    [Fact]
    public async Task What_a_receiver_lacks_below_what_it_has_is_sent_again()
    {
        await using var broker = await ListenAsync();
        await using var receiver = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });
        await using var publisher = Start();
        Publish(publisher, 1, 100);
        Assert.True(await publisher.FlushAsync(Limit));
        _received.Clear();

        _ = receiver.Publish(ReceiptTopic, new Receipt("0a1b", 40, [[44, 50]]).ToBytes());
        await Eventually.TrueAsync(() => _received.Count == 3, "the missing ones come");

        Assert.Equal(Numbers(41, 43), _received);
        Assert.Equal(100, publisher.Status.Acknowledged);
    }

    [Fact]
    public async Task Where_receipts_stop_the_last_message_is_sent_again_and_tells_what_is_missing()
    {
        var clock = new FakeTimeProvider();
        await using var broker = await ListenAsync();
        await using var receiver = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });
        await using var publisher = Start(clock: clock);
        Publish(publisher, 1, 10);
        Assert.True(await receiver.FlushAsync(Limit));
        await Eventually.TrueAsync(() => publisher.Status.Acknowledged == 10, "the broker has all");
        _ = receiver.Publish(ReceiptTopic, new Receipt("0a1b", 4).ToBytes());
        await Eventually.TrueAsync(() => Directory.GetFiles(_folder.Path, "confirmed").Length == 1, "the receipt has come");
        _received.Clear();

        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return !_received.IsEmpty;
            },
            "something is sent again");

        Assert.Equal("10", _received.First());
    }

    [Fact]
    public async Task Beyond_its_bound_the_oldest_messages_are_dropped_and_counted()
    {
        var log = new RecordedLog();
        await using var publisher = Start(options => options with { MaxBufferBytes = 64 << 10, MaxWaiting = 10, Loggers = log });
        Publish(publisher, 1, 5000);
        var dropped = (int)publisher.Status.Dropped;

        await using var broker = await ListenAsync();
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.InRange(dropped, 1000, 4900);
        Assert.Equal(Numbers(dropped + 1, 5000), _received);
        Assert.Contains(log.Events, written => written.Id == 1010);
    }

    [Fact]
    public async Task A_folder_that_can_t_be_used_leaves_the_messages_in_memory_and_is_told_of()
    {
        var log = new RecordedLog();
        await using var broker = await ListenAsync();
        await using var publisher = Start(options => options with { BufferFolder = _folder.Write("file", ""), Loggers = log });

        Publish(publisher, 1, 3);
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(Numbers(1, 3), _received);
        Assert.StartsWith($"the buffer in {_folder.File("file")} can't be used (", publisher.Status.Buffer!.Problem);
        Assert.Contains(log.Events, written => written.Id == 1009);
    }

    private static (long, long, long, long) CountsOf(MqttPublisher publisher) => (
        publisher.Status.Buffer!.Restored, publisher.Status.Enqueued, publisher.Status.Acknowledged,
        publisher.Status.Waiting + publisher.Status.InFlight);

    private static void Publish(MqttPublisher publisher, int first, int last)
    {
        for (var number = first; number <= last; number++)
            _ = publisher.Publish("sockfound", Encoding.UTF8.GetBytes($"{number}"), stamp: new MessageStamp("0a1b", number));
    }

    private static IEnumerable<string> Numbers(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => $"{number}");

    private MqttPublisher Start(Func<PublisherOptions, PublisherOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new PublisherOptions
        {
            Endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = _options.Port, User = "socksort", Password = "p" },
            BufferFolder = _folder.Path,
            ReceiptTopic = ReceiptTopic,
        };
        return MqttPublisher.Start(change?.Invoke(options) ?? options, clock);
    }

    private async Task<EmbeddedBroker> ListenAsync()
    {
        var broker = await EmbeddedBroker.StartAsync(_options);
        _ = broker.Intake("sockfound", message =>
        {
            _received.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
            return Task.CompletedTask;
        });
        return broker;
    }
}
