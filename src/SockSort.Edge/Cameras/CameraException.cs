namespace SockSort.Edge.Cameras;

/// <summary>The camera cannot be opened, or gives no more frames though it should.</summary>
public sealed class CameraException : Exception
{
    public CameraException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
