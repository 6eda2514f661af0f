using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Tests.Receiving;

public class PendingRoomTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Messages_find_room_until_there_are_too_many()
    {
        var room = new PendingRoom(maxMessages: 2, maxBytes: 1000);

        await room.TakeAsync(1, default);
        await room.TakeAsync(1, default);
        var third = room.TakeAsync(1, default);
        var (waited, wasWaitedFor) = (!third.IsCompleted, room.IsWaitedFor);
        room.Free(1, 1);
        await third.WaitAsync(Limit);

        Assert.Equal((true, true, false), (waited, wasWaitedFor, room.IsWaitedFor));
    }

    [Fact]
    public async Task Messages_find_room_until_they_are_too_large_together()
    {
        var room = new PendingRoom(maxMessages: 100, maxBytes: 1000);

        await room.TakeAsync(600, default);
        var second = room.TakeAsync(401, default);
        var waited = !second.IsCompleted;
        room.Free(1, 600);
        await second.WaitAsync(Limit);
        await room.TakeAsync(599, default);

        Assert.True(waited);
    }

    [Fact]
    public async Task One_message_alone_finds_room_whatever_its_size()
    {
        var room = new PendingRoom(maxMessages: 100, maxBytes: 1000);

        await room.TakeAsync(5000, default);
        var second = room.TakeAsync(0, default);
        var waited = !second.IsCompleted;
        room.Free(1, 5000);
        await second.WaitAsync(Limit);

        Assert.True(waited);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_room_to_the_next()
    {
        var room = new PendingRoom(maxMessages: 1, maxBytes: 1000);
        using var gone = new CancellationTokenSource();

        await room.TakeAsync(1, default);
        var second = room.TakeAsync(1, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Limit));
        room.Free(1, 1);

        Assert.True(room.TakeAsync(1, default).IsCompletedSuccessfully);
    }
}
