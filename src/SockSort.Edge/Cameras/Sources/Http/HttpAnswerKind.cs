namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>What an address answers with.</summary>
internal enum HttpAnswerKind
{
    /// <summary>JPEG: one picture, or one after the other (<c>multipart/x-mixed-replace</c>).</summary>
    Jpeg,

    /// <summary>A picture of another format.</summary>
    Picture,

    /// <summary>A list of where the parts of a video are (HLS).</summary>
    Playlist,

    /// <summary>A file of some length: a video.</summary>
    Film,

    /// <summary>A video that is sent as it is made.</summary>
    Stream,

    /// <summary>Text for people or programs: no picture at all.</summary>
    Page,

    /// <summary>No answer as HTTP has it; ffmpeg may make something of it.</summary>
    Foreign,
}
