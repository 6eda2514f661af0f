namespace SockSort.Edge.Cameras.Addresses;

/// <summary>Protocol of a network camera.</summary>
public enum CameraAddressKind
{
    /// <summary><c>rtsp://</c> and <c>rtsps://</c>.</summary>
    Rtsp,

    /// <summary><c>rtmp://</c> and <c>rtmps://</c>.</summary>
    Rtmp,

    /// <summary><c>http://</c> and <c>https://</c>.</summary>
    Http,
}
