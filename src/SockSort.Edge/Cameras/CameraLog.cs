using Microsoft.Extensions.Logging;

namespace SockSort.Edge.Cameras;

/// <summary>Logs when a camera delivers its first frames, is away or ends, and which of its pictures cannot be read.</summary>
internal sealed class CameraLog(ILogger log, string camera)
{
    /// <summary>Logs the events of <paramref name="camera"/> from now on, and returns it.</summary>
    public static ICamera Follow(ICamera camera, ILoggerFactory loggers)
    {
        var log = new CameraLog(loggers.CreateLogger<ICamera>(), camera.Name);
        camera.StatusChanged += log.Tell;
        camera.Skipped += log.Tell;
        return camera;
    }

    private void Tell(CameraStatus status)
    {
        switch (status.State)
        {
            case CameraState.Live:
                log.CameraLive(camera);
                break;
            case CameraState.Away:
                log.CameraAway(camera, status.Problem);
                break;
            case CameraState.Ended:
                log.CameraEnded(camera);
                break;
        }
    }

    private void Tell(SkippedPicture picture) => log.PictureSkipped(camera, picture.Name, picture.Problem);
}
