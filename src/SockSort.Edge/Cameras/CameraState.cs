namespace SockSort.Edge.Cameras;

/// <summary>Whether a camera delivers frames.</summary>
public enum CameraState
{
    /// <summary>No frame has come yet, and no failure either.</summary>
    Waiting,

    /// <summary>The camera delivers frames.</summary>
    Live,

    /// <summary>The camera broke off or was never reached; it is reopened until it delivers frames.</summary>
    Away,

    /// <summary>The camera has delivered its last frame.</summary>
    Ended,
}
