namespace SockSort.Edge.Cameras;

/// <summary>Whether a camera gives frames.</summary>
public enum CameraState
{
    /// <summary>No frame yet, and no fault either.</summary>
    Waiting,

    /// <summary>Frames come.</summary>
    Live,

    /// <summary>It broke off or was never there; it is opened again and again until it gives frames.</summary>
    Away,

    /// <summary>Its last frame has been given.</summary>
    Ended,
}
