using System.Text;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Publishing.Buffering;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Publishing.Buffering;

public sealed class DiskBufferTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_added_is_there_at_the_next_start_as_it_was()
    {
        using (var buffer = Open())
        {
            _ = buffer.Add(new OutboxMessage("sockfound", "one"u8.ToArray(), retain: false, new MessageStamp("0a1b", 1)));
            _ = buffer.Add(new OutboxMessage("socks/désk", ReadOnlyMemory<byte>.Empty, retain: true));
        }

        using var again = Open();

        var (first, second) = (again.Read(0)!, again.Read(1)!);
        Assert.Equal(("sockfound", "one", false), (first.Topic, Text(first), first.Retain));
        Assert.Equal(new MessageStamp("0a1b", 1), first.Stamp);
        Assert.Equal(("socks/désk", "", true, null), (second.Topic, Text(second), second.Retain, second.Stamp));
        Assert.Equal((0, 2), (again.First, again.Next));
    }

    [Fact]
    public void What_was_settled_stays_so_at_the_next_start()
    {
        using (var buffer = Open())
        {
            Add(buffer, 10);
            buffer.Settle(0, 3);
            buffer.Settle(6, 6);
            buffer.WriteSettled();
        }

        using var again = Open();

        Assert.Equal([(0, 3), (6, 6)], again.Settled.Ranges);
    }

    /// <summary>As a power cut leaves it, at each length that the file may have.</summary>
    [Fact]
    public void Given_a_file_cut_off_anywhere_expect_all_whole_messages_before_the_cut_and_numbers_that_go_on()
    {
        using (var buffer = Open())
            Add(buffer, 4);
        var file = Assert.Single(Directory.GetFiles(_folder.Path, "*.buffer"));
        var whole = File.ReadAllBytes(file);
        var entry = whole.Length / 4;

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            using var again = Open();
            Assert.Equal(length / entry, again.Next);
            Assert.Equal(length % entry == 0 ? 0 : 1, again.Torn);
            Assert.Equal(again.Next, again.Add(Message(9)));
            Assert.Equal("message 9", Text(again.Read(again.Next - 1)!));
        }
    }

    [Fact]
    public void Given_a_damaged_byte_expect_the_messages_before_it_and_the_file_told_of()
    {
        using (var buffer = Open())
            Add(buffer, 4);
        var file = Assert.Single(Directory.GetFiles(_folder.Path, "*.buffer"));
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        using var again = Open();

        Assert.Equal((3, 1), (again.Next, again.Torn));
    }

    [Fact]
    public void Beyond_its_bound_the_oldest_files_go_and_are_told_of()
    {
        using var buffer = Open(mostBytes: 64 << 10);
        var gone = new List<DroppedRange>();

        for (var number = 0; number < 5000; number++)
        {
            _ = buffer.Add(Message(number));
            gone.AddRange(buffer.Shrink());
        }

        Assert.InRange(buffer.Bytes, 56 << 10, 64 << 10);
        Assert.Equal(buffer.First, gone.Sum(range => range.Unsettled));
        Assert.Equal(buffer.First - 1, gone[^1].Last);
        Assert.Equal(buffer.Bytes, Directory.GetFiles(_folder.Path, "*.buffer").Sum(file => new FileInfo(file).Length));
        Assert.Equal("message 4999", Text(buffer.Read(4999)!));
    }

    [Fact]
    public void Files_of_which_all_is_settled_are_deleted_and_numbers_go_on()
    {
        using (var buffer = Open(mostBytes: 64 << 10))
        {
            Add(buffer, 1000);
            buffer.Settle(0, 999);
            buffer.WriteSettled();
            _ = Assert.Single(Directory.GetFiles(_folder.Path, "*.buffer"));
        }

        using var again = Open(mostBytes: 64 << 10);

        Assert.Equal(1000, again.Add(Message(1)));
        Assert.Equal((0, 999), Assert.Single(again.Settled.Ranges));
    }

    [Fact]
    public void A_folder_that_another_one_has_is_refused()
    {
        using var buffer = Open();

        var error = Assert.Throws<MqttException>(() => Open());

        Assert.StartsWith($"the buffer in {_folder.Path} can't be used (", error.Message);
    }

    private static void Add(DiskBuffer buffer, int count)
    {
        for (var number = 0; number < count; number++)
            Assert.Equal(number, buffer.Add(Message(number)));
    }

    private static OutboxMessage Message(int number) => new("sockfound", Encoding.UTF8.GetBytes($"message {number}"), retain: false);

    private static string Text(OutboxMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    private DiskBuffer Open(long mostBytes = 1 << 20) => DiskBuffer.Open(
        new PublisherOptions
        {
            Endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = 1883 },
            BufferFolder = _folder.Path,
            MaxBufferBytes = mostBytes,
        },
        TimeProvider.System, (_, _) => { });
}
