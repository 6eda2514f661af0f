namespace SockSort.Connect.Classes;

/// <summary>Pauses between tries: each is twice as long as the one before, up to the longest.</summary>
internal sealed class GrowingPause
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    public GrowingPause(TimeSpan first, TimeSpan longest) => (_first, _longest, _next) = (first, longest, first);

    /// <summary>Returns the pause before the next try.</summary>
    public TimeSpan Take()
    {
        var pause = _next;
        _next = pause * 2 < _longest ? pause * 2 : _longest;
        return pause;
    }

    /// <summary>A try has succeeded: the next pause is the first one again.</summary>
    public void Reset() => _next = _first;
}
