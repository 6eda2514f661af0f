namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>What the response of a camera's address contains.</summary>
internal enum HttpAnswerKind
{
    /// <summary>One JPEG picture, or a sequence of them (<c>multipart/x-mixed-replace</c>).</summary>
    Jpeg,

    /// <summary>A picture of another format.</summary>
    Picture,

    /// <summary>An HLS playlist, which lists where the parts of a video are.</summary>
    Playlist,

    /// <summary>A video file of known length.</summary>
    Film,

    /// <summary>A video that is sent while it is made, without a known length.</summary>
    Stream,

    /// <summary>Text for people or programs, and no picture at all.</summary>
    Page,

    /// <summary>A response that is no valid HTTP; ffmpeg may be able to read it.</summary>
    Foreign,
}
