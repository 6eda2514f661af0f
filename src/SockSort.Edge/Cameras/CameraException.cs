using SockSort.Shared;

namespace SockSort.Edge.Cameras;

/// <summary>A camera cannot be opened, or delivers no more frames although it should.</summary>
public sealed class CameraException : ExpectedException
{
    public CameraException(string message, Exception? cause = null)
        : base(message, cause) => Problem = message;

    /// <param name="source">Name of the camera, without secrets.</param>
    /// <param name="problem">
    /// What is wrong; it follows the camera's name after a colon, or without one if <paramref name="goesOn"/>.
    /// </param>
    /// <param name="goesOn">Whether the problem continues the sentence that begins with the camera's name, as a verb does.</param>
    internal CameraException(string source, string problem, bool goesOn, Exception? cause = null)
        : base($"camera '{source}'{(goesOn ? "" : ":")} {problem}", cause) => Problem = problem;

    /// <summary>The message without the camera's name.</summary>
    public string Problem { get; }

    /// <summary>
    /// Whether a user must correct the command line or the machine. A camera that has never delivered a frame is then not retried. One that
    /// has delivered some was named correctly and may come back.
    /// </summary>
    internal bool NeedsUser { get; init; }

    /// <inheritdoc/>
    public override string Code => "camera";
}
