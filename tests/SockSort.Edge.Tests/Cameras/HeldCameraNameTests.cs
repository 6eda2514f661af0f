using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class HeldCameraNameTests : IDisposable
{
    private const string Broker = "mqtt://localhost:1883";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_that_its_user_gave_twice_is_refused_while_it_is_held()
    {
        using var first = HeldCameraName.Take("desk", Broker, _folder.Path);

        var error = Assert.Throws<CameraException>(() => HeldCameraName.Take("desk", Broker, _folder.Path));

        Assert.Equal(
            "another process of this machine stands for camera 'desk' at mqtt://localhost:1883, and the end of one would be "
                + "told as the end of both: "
            + "give another --camera-name",
            error.Message);
    }

    [Fact]
    public void Names_that_share_a_topic_are_one_name()
    {
        using var first = HeldCameraName.Take("a/b", Broker, _folder.Path);

        Assert.Throws<CameraException>(() => HeldCameraName.Take("a-b", Broker, _folder.Path));
    }

    [Fact]
    public void A_default_name_is_numbered_where_it_is_held_already()
    {
        using var first = HeldCameraName.TakeFree("desk-1b09aa", Broker, _folder.Path);
        using var second = HeldCameraName.TakeFree("desk-1b09aa", Broker, _folder.Path);
        using var third = HeldCameraName.TakeFree("desk-1b09aa", Broker, _folder.Path);

        Assert.Equal(["desk-1b09aa", "desk-1b09aa-2", "desk-1b09aa-3"], [first.Name, second.Name, third.Name]);
    }

    [Fact]
    public void A_name_is_free_again_when_its_holder_ends_and_at_another_broker()
    {
        HeldCameraName.Take("desk", Broker, _folder.Path).Dispose();

        using var again = HeldCameraName.Take("desk", Broker, _folder.Path);
        using var elsewhere = HeldCameraName.Take("desk", "mqtt://elsewhere:1883", _folder.Path);

        Assert.Equal("desk", again.Name);
        Assert.Equal("desk", elsewhere.Name);
    }

    [Fact]
    public void Where_nothing_can_be_written_a_name_is_taken_unasked()
    {
        var file = _folder.Write("file", "no folder");

        using var held = HeldCameraName.TakeFree("desk", Broker, Path.Combine(file, "cameras"));

        Assert.Equal("desk", held.Name);
    }
}
