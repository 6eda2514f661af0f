namespace SockSort.Log.Sharing;

/// <summary>What happens to partitions of a share.</summary>
public enum ShareChangeKind
{
    /// <summary>They are this process's own from now on.</summary>
    Given,

    /// <summary>They are to be given back: what has been worked on may still be stored.</summary>
    Taken,

    /// <summary>Others have them already: nothing of them can be stored any more.</summary>
    Lost,
}

/// <summary>Partitions that come or go.</summary>
/// <param name="kind">What happens.</param>
/// <param name="partitions">Their numbers.</param>
public sealed class ShareChange(ShareChangeKind kind, IReadOnlyList<int> partitions)
{
    private readonly ManualResetEventSlim _done = new();

    public ShareChangeKind Kind => kind;

    public IReadOnlyList<int> Partitions => partitions;

    /// <summary>It is carried out: nothing is worked on any more that is not this process's own.</summary>
    public void Done() => _done.Set();

    /// <summary>Waits until it is carried out.</summary>
    internal void Wait(CancellationToken cancellation) => _done.Wait(cancellation);
}
