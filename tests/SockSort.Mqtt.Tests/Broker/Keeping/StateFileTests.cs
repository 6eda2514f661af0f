using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Wire;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker.Keeping;

public sealed class StateFileTests : IDisposable
{
    private static readonly SubscriptionRequest Request = new("a/+", 2, NoLocal: true, RetainAsPublished: true, RetainHandling: 1);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly KeptClock _clock;

    public StateFileTests() => _clock = new KeptClock(_time);

    private string Path => _folder.File("state.journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_there_again()
    {
        var will = new BrokerWill("status", [1], 1, Retain: true, [2], ExpirySeconds: 3, DelaySeconds: 4);
        var shared = new SubscriberMessage(Message("b"), 2, Retain: true, [7, 8], "$share/g/b") { Number = 12 };
        List<StateChange> all =
        [
            new RetainedSet("a", Message("a")),
            new SessionOpened("one", "user", 60, will),
            new SessionLeft("one", 60, DateTimeOffset.FromUnixTimeMilliseconds(1_000_000), will),
            new Subscribed("one", Request, 9, AwaitsRetained: true),
            new PublishArrived("one", 77),
            new DeliveryAdded("one", shared),
            new DeliverySent("one", 12, 5),
            new DeliveryReceived("one", 12),
        ];
        Write(all);

        var found = Open().Found;

        Assert.Null(found.BrokenAt);
        Assert.Equivalent(all, found.State.Changes(), strict: true);
    }

    [Fact]
    public void What_has_ended_is_gone()
    {
        Write(
        [
            new RetainedSet("a", Message("a")),
            new RetainedSet("a", null),
            new SessionOpened("one", null, 60, null),
            new SessionEnded("one"),
            new SessionOpened("two", null, 60, Will("gone")),
            new WillPublished("two"),
            new Subscribed("two", Request, 0, AwaitsRetained: true),
            new RetainedGiven("two", Request.Filter),
            new Subscribed("two", Request with { Filter = "b" }, 0, AwaitsRetained: false),
            new Unsubscribed("two", "b"),
            new DeliveryAdded("two", new SubscriberMessage(Message("a"), 1, Retain: false, []) { Number = 1 }),
            new DeliveryDone("two", 1),
            new PublishArrived("two", 1),
            new PublishReleased("two", 1),
        ]);

        Assert.Equivalent(
            new StateChange[] { new SessionOpened("two", null, 60, null), new Subscribed("two", Request, 0, AwaitsRetained: false) },
            Open().Found.State.Changes(), strict: true);
    }

    [Fact]
    public void A_session_that_ends_with_its_connection_leaves_its_will_only()
    {
        Write(
        [
            new SessionOpened("one", null, 60, null),
            new Subscribed("one", Request, 0, AwaitsRetained: false),
            new SessionOpened("one", null, 0, Will("gone")),
        ]);

        StateChange[] left = [new SessionOpened("one", null, 0, Will("gone"))];
        Assert.Equivalent(left, Open().Found.State.Changes(), strict: true);
    }

    [Fact]
    public void The_time_that_a_message_has_waited_goes_on_over_the_restart()
    {
        var message = Message("a") with { ExpirySeconds = 100 };
        _time.Advance(TimeSpan.FromSeconds(10));
        Write([new RetainedSet("a", message)]);

        _time.Advance(TimeSpan.FromSeconds(20));
        var found = Assert.Single(Open().Found.State.Retained);

        Assert.Equal(70u, found.SecondsLeft(_time.GetTimestamp()));
    }

    [Fact]
    public void Messages_of_many_sessions_stand_there_once_after_a_renewal()
    {
        var message = Message("a") with { Payload = new byte[100_000] };
        var file = Write([.. Enumerable.Range(0, 50).SelectMany(i => Waiting($"client-{i}", message))]);

        file.Renew(Open().Found.State);

        Assert.InRange(new FileInfo(Path).Length, 100_000, 120_000);
        Assert.Equal(50, Open().Found.State.Sessions.Count(session => session.Deliveries[1].Delivery.Message.Payload.Length == 100_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(30)]
    public void An_end_that_a_power_cut_has_cut_off_is_left_out(int missing)
    {
        Write([new RetainedSet("a", Message("a")), new RetainedSet("b", Message("b"))]);
        using (var file = File.OpenWrite(Path))
            file.SetLength(file.Length - missing);

        var opened = Open();

        Assert.Equal(["a"], opened.Found.State.Retained.Select(message => message.Topic));
        Assert.Null(opened.PutAsideAs);
    }

    [Fact]
    public void Zeros_that_a_power_cut_has_left_at_the_end_are_left_out()
    {
        Write([new RetainedSet("a", Message("a"))]);
        using (var file = File.OpenWrite(Path))
            file.SetLength(file.Length + 5000);

        var opened = Open();

        Assert.Single(opened.Found.State.Retained);
        Assert.Null(opened.PutAsideAs);
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_what_stands_before_the_damage_is_used()
    {
        Write([new RetainedSet("a", Message("a")), new RetainedSet("b", Message("b")), new RetainedSet("c", Message("c"))]);
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.AsSpan().LastIndexOf("b"u8)] ^= 1;
        File.WriteAllBytes(Path, bytes);

        var opened = Open();

        Assert.Equal(["a"], opened.Found.State.Retained.Select(message => message.Topic));
        Assert.Equal(bytes, File.ReadAllBytes(opened.PutAsideAs!));
        Assert.False(File.Exists(Path));
    }

    [Theory]
    [InlineData("another program's file, which is long enough to have a header")]
    [InlineData("{}")]
    public void A_file_of_something_else_is_put_aside_or_left_out(string text)
    {
        _ = _folder.Write("state.journal", text);

        Assert.Empty(Open().Found.State.Changes());
    }

    [Fact]
    public void A_folder_that_cannot_be_one_is_named()
    {
        var file = _folder.Write("file", "");

        var error = Assert.Throws<MqttException>(() => new StateFile(file, _clock));

        Assert.StartsWith($"{file}/state.journal: the broker's sessions and retained messages can't be read (", error.Message);
    }

    private static IEnumerable<StateChange> Waiting(string client, BrokerMessage message) =>
    [
        new SessionOpened(client, null, 60, null),
        new DeliveryAdded(client, new SubscriberMessage(message, 1, Retain: false, []) { Number = 1 }),
    ];

    private static BrokerWill Will(string topic) => new(topic, [], 0, Retain: false, [], null, 0);

    private BrokerMessage Message(string topic) =>
        new(topic, [1, 2], 1, Retain: true, [3], ExpirySeconds: null, "sender", _time, _time.GetTimestamp());

    private StateFile Open() => new(_folder.Path, _clock);

    private StateFile Write(IReadOnlyList<StateChange> changes)
    {
        var file = Open();
        file.Renew(new KeptState());
        file.Add(changes);
        file.Dispose();
        return file;
    }
}
