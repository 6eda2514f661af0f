namespace SockSort.Edge.Cameras.Sources;

/// <summary>Pictures in their own order, without pace or repetition.</summary>
internal interface IPictureSource : IAsyncDisposable
{
    /// <summary>As it may be shown: without a password.</summary>
    string Name { get; }

    /// <summary>Its time goes on whether we look or not: what is not taken in time is lost.</summary>
    bool IsLive { get; }

    /// <summary>Pictures that it would have given to a quicker reader.</summary>
    long Missed => 0;

    /// <summary>One pass from the first picture to the last; ends what it started when the enumeration is disposed.</summary>
    /// <exception cref="CameraException">The source broke off.</exception>
    IAsyncEnumerable<SourcePicture> ReadAsync(CancellationToken cancel);
}
