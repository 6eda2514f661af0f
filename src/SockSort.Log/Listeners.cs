namespace SockSort.Log;

/// <summary>Notifies the listeners of appends.</summary>
internal static class Listeners
{
    /// <summary>Calls every listener. A listener that was disposed of meanwhile may throw; the others are still called.</summary>
    /// <param name="listeners">The handlers of <see cref="ILog.Appended"/>.</param>
    /// <param name="topic">The topic's name; empty if it may be any.</param>
    public static void Notify(Action<string>? listeners, string topic)
    {
        foreach (var listener in listeners?.GetInvocationList().Cast<Action<string>>() ?? [])
        {
            try
            {
                listener(topic);
            }
            catch (ObjectDisposedException)
            {
                // The listener was disposed of between the copy of the list and the call.
            }
        }
    }
}
