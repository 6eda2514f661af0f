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

    /// <summary>
    /// <c>"unknown"</c>: how little the frame is like any class, 0 to 1; left out where the model does not say it.
    /// </summary>
    Unknown = 16,

    /// <summary>
    /// <c>"second"</c> and <c>"second_probability"</c>: the next probable label and its probability in percent; left out where there is
    /// only one label.
    /// </summary>
    Second = 32,

    /// <summary><c>"model"</c>: the version of the model that has seen the frame, as <c>socksort model list</c> names it.</summary>
    Model = 64,

    /// <summary>
    /// <c>"learnt": true</c>: the sock was just learnt from a few frames, and the model does not know it yet; left out of all other
    /// messages.
    /// </summary>
    Learnt = 128,
}
