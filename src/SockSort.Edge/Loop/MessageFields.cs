namespace SockSort.Edge.Loop;

/// <summary>Optional fields of a message, beyond <c>image</c> and <c>probability</c>.</summary>
[Flags]
public enum MessageFields
{
    None = 0,

    /// <summary><c>"camera"</c>: the camera's name.</summary>
    Camera = 1,

    /// <summary><c>"seq"</c>: the message's number in its run, counted from 1 without gaps.</summary>
    Seq = 2,

    /// <summary><c>"ts"</c>: when the frame was captured, in milliseconds since 1970, UTC.</summary>
    Ts = 4,

    /// <summary>
    /// <c>"run"</c>: an id that is new at each start of the edge; with <see cref="Seq"/> it identifies one message for good.
    /// </summary>
    Run = 8,
}
