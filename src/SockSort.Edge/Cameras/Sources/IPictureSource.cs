namespace SockSort.Edge.Cameras.Sources;

/// <summary>Pictures in their own order, without pace or repetition.</summary>
internal interface IPictureSource : IAsyncDisposable
{
    /// <summary>As it may be shown: without a password.</summary>
    string Name { get; }

    /// <summary>
    /// Its time goes on whether we look or not: what is not taken in time is lost. May be known only with the first picture.
    /// </summary>
    bool IsLive { get; }

    /// <summary>
    /// It is opened again when it breaks off; only where <see cref="ReadAsync"/> ends by itself there is nothing more to come.
    /// </summary>
    bool Reopens => false;

    /// <summary>That it gives no picture for a long time is no fault.</summary>
    bool MayBeSilent => false;

    /// <summary>Pictures that it would have given to a quicker reader.</summary>
    long Missed => 0;

    /// <summary>As <see cref="CameraCounts.Damaged"/>.</summary>
    long Damaged => 0;

    /// <summary>One pass from the first picture to the last; ends what it started when the enumeration is disposed.</summary>
    /// <exception cref="CameraException">The source broke off.</exception>
    IAsyncEnumerable<SourcePicture> ReadAsync(CancellationToken cancel);
}
