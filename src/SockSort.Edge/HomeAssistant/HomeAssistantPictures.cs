using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Mqtt.Publishing;

namespace SockSort.Edge.HomeAssistant;

/// <summary>
/// Publishes what a camera sees for Home Assistant's camera entity: a picture each second, and one at each change of the label.
/// </summary>
public sealed class HomeAssistantPictures : IDisposable
{
    private static readonly LiveResolution Resolution = LiveResolution.Find("480p")!;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly EdgeRunner _runner;
    private readonly MqttPublisher _publisher;
    private readonly TimeProvider _clock;
    private readonly FrameEncoder _encoder = new();
    private string? _label;
    private long _publishedAt;

    /// <param name="publisher">Has a <see cref="PublisherOptions.PictureTopic"/>.</param>
    public HomeAssistantPictures(EdgeRunner runner, MqttPublisher publisher, TimeProvider? clock = null)
    {
        (_runner, _publisher, _clock) = (runner, publisher, clock ?? TimeProvider.System);
        runner.FrameDone += Publish;
    }

    public void Dispose()
    {
        _runner.FrameDone -= Publish;
        _encoder.Dispose();
    }

    private void Publish(EdgeFrame done)
    {
        if (done.Label == _label && _clock.GetElapsedTime(_publishedAt) < Interval)
            return;
        (_label, _publishedAt) = (done.Label, _clock.GetTimestamp());
        _publisher.SayPicture(_encoder.Jpeg(done.Shown, Resolution));
    }
}
