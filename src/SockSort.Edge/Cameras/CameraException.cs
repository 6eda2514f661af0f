using SockSort.Shared;

namespace SockSort.Edge.Cameras;

/// <summary>The camera cannot be opened, or gives no more frames though it should.</summary>
public sealed class CameraException : ExpectedException
{
    public CameraException(string message, Exception? cause = null)
        : base(message, cause) => Problem = message;

    /// <param name="source">As it may be shown.</param>
    /// <param name="problem">What is wrong; a colon is put before it unless it goes on with a verb.</param>
    /// <param name="goesOn">Whether it reads as the rest of a sentence that begins with the camera.</param>
    internal CameraException(string source, string problem, bool goesOn, Exception? cause = null)
        : base($"camera '{source}'{(goesOn ? "" : ":")} {problem}", cause) => Problem = problem;

    /// <summary>The message without the camera's name.</summary>
    public string Problem { get; }

    /// <summary>
    /// Somebody must mend the command line or the machine: a camera that has never given a frame is not waited for. One that has given some
    /// was rightly named, and may come back.
    /// </summary>
    internal bool NeedsUser { get; init; }

    /// <inheritdoc/>
    public override string Code => "camera";
}
