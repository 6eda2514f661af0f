namespace SockSort.Edge.Loop;

/// <summary>Fields of a message beyond <c>image</c> and <c>probability</c>; off unless asked for.</summary>
[Flags]
public enum MessageFields
{
    None = 0,

    /// <summary><c>"camera"</c>: the camera's name.</summary>
    Camera = 1,

    /// <summary><c>"seq"</c>: the message's number in its run, from 1 without a gap.</summary>
    Seq = 2,

    /// <summary><c>"ts"</c>: when the frame was captured, in milliseconds since 1970, UTC.</summary>
    Ts = 4,

    /// <summary><c>"run"</c>: an id of its own for each start of the edge; with <see cref="Seq"/> it names one message for good.</summary>
    Run = 8,
}
