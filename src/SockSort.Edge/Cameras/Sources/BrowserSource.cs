using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SockSort.Edge.Cameras.Browser;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// Pictures that a page in a phone's browser sends. Waits as long as no phone has come; one that goes or falls silent is a camera that is
/// away until its pictures come again.
/// </summary>
internal sealed partial class BrowserSource : IPictureSource
{
    private const string Kind = "browser";

    // As long as a page takes that is loaded again, or a phone that changes its network.
    private static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time;
    private readonly TimeSpan _silentAfter;
    private bool _isWrongTold;
    private long _damaged;

    private BrowserSource(string name, CameraOptions options)
    {
        (Name, _time, _silentAfter) = (name, options.Time, options.FrameTimeout);
        Feed = new BrowserFeed(options.Fps, options.Time);
    }

    public string Name { get; }

    public bool IsLive => true;

    public bool Reopens => true;

    /// <summary>Nobody may have a phone at hand; how long one may be silent that has come is counted here.</summary>
    public bool MayBeSilent => true;

    public long Missed => Feed.Dropped;

    public long Damaged => Interlocked.Read(ref _damaged);

    /// <summary>Where the page's pictures come in.</summary>
    public BrowserFeed Feed { get; }

    /// <summary>Whether the source is <c>browser</c> or <c>browser:NAME</c>.</summary>
    public static bool IsNamedBy(string source) =>
        source == Kind || source.StartsWith($"{Kind}:", StringComparison.Ordinal);

    /// <exception cref="CameraException">The name is none.</exception>
    public static BrowserSource Open(string source, CameraOptions options)
    {
        if (source != Kind && !NameOf().IsMatch(source))
            throw CameraErrors.BadBrowserName(source);
        return new BrowserSource(source, options);
    }

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var hasCome = false;
        while (true)
        {
            var message = await NextAsync(hasCome, cancel);
            var name = $"{Name}#{message.Number}";
            if (await Task.Run(() => Read(message, name), cancel) is not { } picture)
                continue;
            hasCome |= picture.Problem is null;
            yield return picture;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <exception cref="CameraException">A phone had sent pictures, and has gone or sends none any more.</exception>
    private async ValueTask<BrowserPicture> NextAsync(bool hasCome, CancellationToken cancel)
    {
        var asked = _time.GetTimestamp();
        while (true)
        {
            var changed = Feed.Changed;
            if (Feed.TryTake() is { } picture)
                return picture;
            var left = hasCome ? LeftSince(asked) : Timeout.InfiniteTimeSpan;
            if (hasCome && left <= TimeSpan.Zero)
                throw Feed.IsConnected ? CameraErrors.PhoneSilent(Name, _silentAfter) : CameraErrors.PhoneGone(Name);
            await WaitAsync(changed, left, cancel);
        }
    }

    private TimeSpan LeftSince(long asked) =>
        Feed.GoneFor is { } gone ? GoneAfter - gone : _silentAfter - _time.GetElapsedTime(asked);

    private async Task WaitAsync(Task changed, TimeSpan most, CancellationToken cancel)
    {
        try
        {
            await changed.WaitAsync(most, _time, cancel);
        }
        catch (TimeoutException)
        {
            // Whoever waits looks again, and finds that the time is up.
        }
    }

    /// <returns>Null for a wrong picture that follows another wrong one: of those the first is named, and all are counted.</returns>
    private SourcePicture? Read(BrowserPicture message, string name)
    {
        if (ProblemOf(message, name, out var picture) is not { } problem)
        {
            _isWrongTold = false;
            return picture;
        }
        Feed.Tell(new BrowserMessage { Problem = problem });
        if (_isWrongTold)
        {
            Interlocked.Increment(ref _damaged);
            return null;
        }
        _isWrongTold = true;
        return new SourcePicture(name, Picture: null, Problem: problem);
    }

    private static string? ProblemOf(BrowserPicture message, string name, out SourcePicture? picture)
    {
        picture = null;
        if (message.Problem is { } problem)
            return problem;
        try
        {
            picture = new SourcePicture(name, PictureReader.Read(message.Bytes, name));
            return null;
        }
        catch (PictureException error)
        {
            return error.Reason;
        }
    }

    [GeneratedRegex(@"^browser:[A-Za-z0-9._-]{1,40}\z")]
    private static partial Regex NameOf();
}
