using SockSort.Log.Memory;
using SockSort.Testing;

namespace SockSort.Log.Tests.Memory;

public sealed class MemoryLogTests : LogSpecification
{
    [Fact]
    public async Task A_deleted_topic_is_gone_with_its_records()
    {
        _ = await Log.AppendAsync("socks", Text("a"));

        Assert.True(Log.DeleteTopic("socks"));

        Assert.Null(Log.FindTopic("socks"));
        Assert.Equal(0, await Log.AppendAsync("socks", Text("b")));
    }

    protected override ILog Open() => new MemoryLog(Clock);
}
