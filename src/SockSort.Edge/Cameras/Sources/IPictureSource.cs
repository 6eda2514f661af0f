using SockSort.Edge.Cameras.Browser;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>A source of pictures in their own order, without pacing or repetition.</summary>
internal interface IPictureSource : IAsyncDisposable
{
    /// <summary>Name of the source, without a password.</summary>
    string Name { get; }

    /// <summary>
    /// Whether the source goes on while nobody reads, so that pictures which are not taken in time are lost. May be known only with the
    /// first picture.
    /// </summary>
    bool IsLive { get; }

    /// <summary>
    /// Whether the source is reopened when it breaks off. If so, it is over only when <see cref="ReadAsync"/> ends without an exception.
    /// </summary>
    bool Reopens => false;

    /// <summary>Whether it is no failure when the source gives no picture for a long time.</summary>
    bool MayBeSilent => false;

    /// <summary>Pictures that the source would have given to a faster reader.</summary>
    long Missed => 0;

    /// <summary>Where a phone's pictures come in; null if the source is fed by no phone.</summary>
    BrowserFeed? Feed => null;

    /// <summary>Damaged frames, as in <see cref="CameraCounts.Damaged"/>.</summary>
    long Damaged => 0;

    /// <summary>Reads one pass from the first picture to the last. Disposing the enumeration ends what the pass has started.</summary>
    /// <exception cref="CameraException">The source broke off.</exception>
    IAsyncEnumerable<SourcePicture> ReadAsync(CancellationToken cancel);
}
