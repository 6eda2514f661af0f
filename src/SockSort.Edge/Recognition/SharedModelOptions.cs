using System.Net.Security;
using Microsoft.Extensions.Logging;
using SockSort.Edge.Recognition.Orders;
using SockSort.Imaging;

namespace SockSort.Edge.Recognition;

/// <summary>Settings of a <see cref="SharedModel"/>.</summary>
public sealed record SharedModelOptions
{
    /// <summary>
    /// The model's file, which is followed, and into whose place orders put others. Null, the default: the model stays as it is, and orders
    /// are refused.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Whether a camera tells unknown socks, so that a model without a threshold is refused. Default: no.</summary>
    public bool NeedsThreshold { get; init; }

    /// <summary>Whether another package may be put in the file's place by an order. Default: yes.</summary>
    public bool TakesOrders { get; init; } = true;

    /// <summary>
    /// Where ordered packages may come from beside the model's own folder: folders, and addresses that begin with <c>https://</c>. None by
    /// default.
    /// </summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>
    /// Returns pictures of the socks of these labels and of the empty scene: what a sock that is just learnt must not be taken for. Called
    /// when one is learnt, once a model. None by default.
    /// </summary>
    public Func<IReadOnlyList<string>, IEnumerable<Frame>> KnownPictures { get; init; } = _ => [];

    /// <summary>How often the file is looked at, above 0; it is taken when two looks have found it the same. Default 500 ms.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a package may take to be fetched. Default 10 min.</summary>
    public TimeSpan FetchWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Logger factory; docs/reference/logging.md lists the events. Null, the default, turns logging off.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock of the looks and of what is reported.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Judges servers' certificates; null = as the machine does.</summary>
    internal RemoteCertificateValidationCallback? JudgesCertificates { get; init; }

    internal ModelPlaces PlacesOf(string path) => new(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, From);
}
