namespace SockSort.Log;

/// <summary>Tells who waits for appends.</summary>
internal static class Listeners
{
    /// <summary>One who is just leaving may throw: the others are told nevertheless.</summary>
    /// <param name="listeners">Of <see cref="ILog.Appended"/>.</param>
    /// <param name="topic">Empty: it may be any.</param>
    public static void Tell(Action<string>? listeners, string topic)
    {
        foreach (var listener in listeners?.GetInvocationList().Cast<Action<string>>() ?? [])
        {
            try
            {
                listener(topic);
            }
            catch (ObjectDisposedException)
            {
                // It has left between the list and the call.
            }
        }
    }
}
