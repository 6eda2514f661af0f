namespace SockSort.Edge.LiveView;

/// <summary>The live view cannot be served.</summary>
public sealed class LiveViewException : Exception
{
    public LiveViewException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
