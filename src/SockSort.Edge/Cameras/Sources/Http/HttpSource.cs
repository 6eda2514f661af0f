using System.Runtime.CompilerServices;
using SockSort.Edge.Cameras.Addresses;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>
/// Reads an <c>http://</c> or <c>https://</c> address. Its response tells what it is: a stream of pictures (MJPEG), a single picture that
/// is requested again and again, or a video, with an end or without, which ffmpeg reads.
/// </summary>
internal sealed class HttpSource : IPictureSource
{
    private readonly CameraAddress _address;
    private readonly CameraOptions _options;
    private readonly HttpCamera _camera;
    private readonly string _pictureName;
    private FfmpegPass? _pass;
    private bool _isFilm;
    private long _filmFrames;
    private long _pictures;
    private long _damaged;

    private HttpSource(CameraAddress address, CameraOptions options)
    {
        (_address, _options) = (address, options);
        _camera = new HttpCamera(address, options);
        _pictureName = Path.GetFileName(address.Shown) is { Length: > 0 } file ? file : address.Host;
    }

    public string Name => _address.Shown;

    public bool IsLive => !Volatile.Read(ref _isFilm);

    public bool Reopens => true;

    public long Damaged => Interlocked.Read(ref _damaged) + (Volatile.Read(ref _pass)?.Damaged ?? 0);

    public static HttpSource Open(CameraAddress address, CameraOptions options) => new(address, options);

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await _camera.AskAsync(cancel);
        var pictures = answer.Kind switch
        {
            HttpAnswerKind.Jpeg => ReadJpegsAsync(answer, cancel),
            HttpAnswerKind.Picture => PollAsync(answer, cancel),
            // ffmpeg's list demuxer gives up at damage that a video's own demuxer tolerates. An address with secrets could only be passed
            // in a list, so its video is downloaded first.
            HttpAnswerKind.Film when answer.HasRanges && !_address.HasSecrets => ReadFilmAsync(answer, Ranges(), cancel),
            HttpAnswerKind.Film => ReadDownloadAsync(answer, cancel),
            HttpAnswerKind.Playlist => ReadPlaylistAsync(answer, cancel),
            HttpAnswerKind.Foreign => ReadByFfmpegAsync(answer, Foreign(), cancel),
            HttpAnswerKind.Stream => ReadStreamAsync(answer, cancel),
            _ => throw CameraErrors.Page(Name, answer.Type),
        };
        await foreach (var picture in pictures)
            yield return picture;
    }

    public ValueTask DisposeAsync()
    {
        _camera.Dispose();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<SourcePicture> ReadJpegsAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pacer = await BeginPaceAsync(cancel);
        var stream = new JpegStream(answer.Body);
        var proof = new PictureProof();
        var count = 0L;
        for (var damaged = 0L; await stream.NextAsync(cancel) is { } jpeg; damaged = stream.Damaged)
        {
            count++;
            Interlocked.Add(ref _damaged, stream.Damaged - damaged);
            if (await ProveAsync(proof, jpeg) is { } picture)
                yield return picture;
        }
        if (count == 0)
            throw CameraErrors.NoPicture(Name, answer.Type);
        if (answer.IsMultipart || count > 1)
            throw CameraErrors.Ended(Name, count);
        await foreach (var picture in PollAsync(pacer, proof, cancel))
            yield return picture;
    }

    private async IAsyncEnumerable<SourcePicture> PollAsync(HttpAnswer first, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pacer = await BeginPaceAsync(cancel);
        var proof = new PictureProof();
        if (await ReadPictureAsync(first, proof, cancel) is { } picture)
            yield return picture;
        await foreach (var next in PollAsync(pacer, proof, cancel))
            yield return next;
    }

    /// <summary>Requests one picture after the other, for ever.</summary>
    private async IAsyncEnumerable<SourcePicture> PollAsync(
        Pacer pacer, PictureProof proof, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            await pacer.WaitAsync(cancel);
            using var answer = await _camera.AskAsync(cancel);
            if (answer.Kind is not (HttpAnswerKind.Jpeg or HttpAnswerKind.Picture))
                throw CameraErrors.Page(Name, answer.Type);
            if (await ReadPictureAsync(answer, proof, cancel) is { } picture)
                yield return picture;
        }
    }

    private async Task<SourcePicture?> ReadPictureAsync(HttpAnswer answer, PictureProof proof, CancellationToken cancel) =>
        await ProveAsync(proof, await ReadWholeAsync(answer, cancel));

    private async Task<byte[]> ReadWholeAsync(HttpAnswer answer, CancellationToken cancel)
    {
        try
        {
            return await answer.ReadWholeAsync(cancel) ?? throw CameraErrors.AnswerTooLarge(Name);
        }
        catch (IOException error)
        {
            throw CameraErrors.NotReached(_address, error);
        }
    }

    private async Task<SourcePicture?> ProveAsync(PictureProof proof, byte[] picture)
    {
        var read = await proof.ReadAsync($"{_pictureName}#{++_pictures}", picture);
        if (read is null)
            Interlocked.Increment(ref _damaged);
        return read;
    }

    private async ValueTask<Pacer> BeginPaceAsync(CancellationToken cancel)
    {
        var pacer = new Pacer(_options.Fps, _options.Time);
        // The first picture is already here and is due at once.
        await pacer.WaitAsync(cancel);
        return pacer;
    }

    /// <summary>
    /// Reads a stream. One that turns out to have an end is requested again as a file, because most of it would be overtaken otherwise.
    /// </summary>
    private async IAsyncEnumerable<SourcePicture> ReadStreamAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using (var pass = new FfmpegPass(Piped(answer), cancel))
        {
            var frame = await pass.NextAsync(cancel);
            if (frame is null || !await pass.HasLengthAsync(cancel))
            {
                using var counted = CountDamage(pass);
                for (; frame is not null; frame = await pass.NextAsync(cancel))
                    yield return new SourcePicture($"{_pictureName}#{++_pictures}", frame);
                await pass.CheckEndAsync(cancel);
                yield break;
            }
        }
        answer.Dispose();
        using var again = await _camera.AskAsync(cancel);
        await foreach (var picture in ReadDownloadAsync(again, cancel))
            yield return picture;
    }

    private async IAsyncEnumerable<SourcePicture> ReadDownloadAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var download = new Download();
        await foreach (var _ in download.FillAsync(answer.Body, cancel))
            yield return SourcePicture.SignOfLife;
        await foreach (var picture in ReadFilmAsync(answer, FfmpegInput.Downloaded(_address, download.FilePath), cancel))
            yield return picture;
    }

    private async IAsyncEnumerable<SourcePicture> ReadPlaylistAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pictures = await HasEndAsync(answer, cancel)
            ? ReadFilmAsync(answer, FfmpegInput.Address(_address, []), cancel)
            : ReadByFfmpegAsync(answer, Playlist(), cancel);
        await foreach (var picture in pictures)
            yield return picture;
    }

    private async Task<bool> HasEndAsync(HttpAnswer answer, CancellationToken cancel)
    {
        var playlist = HlsPlaylist.Text(await ReadWholeAsync(answer, cancel));
        if (HlsPlaylist.FirstVariant(playlist) is not { } variant)
            return HlsPlaylist.HasEnd(playlist);
        using var inner = await _camera.AskAsync(cancel, variant);
        return HlsPlaylist.HasEnd(HlsPlaylist.Text(await ReadWholeAsync(inner, cancel)));
    }

    private async IAsyncEnumerable<SourcePicture> ReadByFfmpegAsync(
        HttpAnswer answer, FfmpegReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The response is closed first, because some cameras serve only one connection at a time.
        answer.Dispose();
        await using var pass = new FfmpegPass(reading, cancel);
        using var counted = CountDamage(pass);
        while (await pass.NextAsync(cancel) is { } frame)
            yield return new SourcePicture($"{_pictureName}#{++_pictures}", frame);
        await pass.CheckEndAsync(cancel);
    }

    /// <summary>Reads a video, beginning after the frames that were handed out before it broke off.</summary>
    private async IAsyncEnumerable<SourcePicture> ReadFilmAsync(
        HttpAnswer answer, FfmpegInput input, [EnumeratorCancellation] CancellationToken cancel)
    {
        Volatile.Write(ref _isFilm, true);
        await foreach (var picture in ReadByFfmpegAsync(answer, Film(input), cancel))
        {
            _filmFrames++;
            yield return picture;
        }
        _filmFrames = 0;
    }

    private FfmpegReading Piped(HttpAnswer answer) =>
        new(Name, FfmpegInput.Stream(_address, answer.Body), FfmpegFilters.ByArrival(_options.Fps), IsEndless: true);

    private FfmpegReading Foreign() =>
        new(Name, FfmpegInput.Address(_address, FfmpegInput.Prompt), FfmpegFilters.ByArrival(_options.Fps), IsEndless: true);

    // The parts of a live playlist arrive as a whole, several seconds at once, so the video's own time says when each frame is due.
    private FfmpegReading Playlist() =>
        new(Name, FfmpegInput.Address(_address, []), FfmpegFilters.ByVideoTime(_options.Fps * 2, _options.FrameTimeout), IsEndless: true);

    private FfmpegReading Film(FfmpegInput input) =>
        new(Name, input, FfmpegFilters.ByVideoTime(_options.Fps, _options.FrameTimeout, _filmFrames), IsEndless: false);

    // ffmpeg resumes by itself after a short break of the connection; a long break ends the run.
    private FfmpegInput Ranges() =>
        FfmpegInput.Open(_address, [("reconnect", "1"), ("reconnect_on_network_error", "1"), ("reconnect_delay_max", "2")]);

    private DamageCount CountDamage(FfmpegPass pass)
    {
        Volatile.Write(ref _pass, pass);
        return new DamageCount(this, pass);
    }

    /// <summary>Adds the damaged frames of a run of ffmpeg to the source's counter when the run is over.</summary>
    private sealed class DamageCount(HttpSource source, FfmpegPass pass) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref source._pass, null);
            Interlocked.Add(ref source._damaged, pass.Damaged);
        }
    }
}
