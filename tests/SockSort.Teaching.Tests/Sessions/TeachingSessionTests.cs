using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Sessions;
using SockSort.Teaching.Waiting;
using SockSort.Testing;

namespace SockSort.Teaching.Tests.Sessions;

/// <summary>Teaching by the bare backbone, and a trainer whose end the test says.</summary>
public sealed class TeachingSessionTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SaidTrainer _trainer = new();
    private readonly SaidLearner _learner = new();
    private readonly TeachingSession _session;

    public TeachingSessionTests() => _session = new TeachingSession(Photos, OpenReader, _trainer, _learner);

    private string Photos => _folder.File("photos");

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_shown_to_the_camera_becomes_photos_a_model_and_is_used()
    {
        await ShowAsync("blue stripes");
        await _session.FinishAsync();
        var kept = _session.View;
        _session.Train();
        await Eventually.TrueAsync(() => _session.View.Lines.Count == 1, "the training says what it does");
        var training = _session.View;
        _trainer.End.SetResult();
        await StateAsync(TeachingState.Trained);

        _session.Use();

        var photos = Directory.GetFiles(Path.Combine(Photos, "class-blue-stripes")).Length;
        Assert.InRange(photos, 3, 12);
        Assert.Equal((TeachingState.Kept, $"{photos} photos of Blue Stripes are kept", false), (kept.State, kept.Told, kept.IsTrouble));
        Assert.Equal((TeachingState.Training, "learning"), (training.State, Assert.Single(training.Lines)));
        Assert.Equal((TeachingState.Idle, "it is in use"), (_session.View.State, _session.View.Told));
        Assert.True(_trainer.IsModelDisposed);
    }

    [Fact]
    public async Task A_model_can_be_thrown_away_and_a_training_ended()
    {
        _session.Train();
        _trainer.End.SetResult();
        await StateAsync(TeachingState.Trained);
        await _session.CancelAsync();
        var thrown = _session.View;
        _trainer.End = new TaskCompletionSource();
        _session.Train();

        await _session.CancelAsync();

        Assert.Equal((TeachingState.Idle, "The new model was thrown away; the photos stay"), (thrown.State, thrown.Told));
        Assert.Equal((TeachingState.Kept, "The training was ended; the photos stay"), (_session.View.State, _session.View.Told));
    }

    [Fact]
    public async Task A_training_that_fails_says_why()
    {
        _session.Train();

        _trainer.End.SetException(new IOException("the disk is full"));
        await StateAsync(TeachingState.Kept);

        Assert.Equal(("the disk is full", true), (_session.View.Told, _session.View.IsTrouble));
    }

    [Fact]
    public async Task Cancelled_nothing_is_kept_and_another_may_begin()
    {
        await ShowAsync("stripes");

        await _session.CancelAsync();

        Assert.Equal(TeachingState.Idle, _session.View.State);
        Assert.Empty(Directory.GetFileSystemEntries(Photos));
        _session.Begin("dots", "desk", isMore: false);
        Assert.Equal((TeachingState.Showing, "Dots"), (_session.View.State, _session.View.Sock));
    }

    [Fact]
    public async Task Two_do_not_teach_at_once_and_frames_of_another_camera_do_not_count()
    {
        await using var other = new TeachingSession(Photos, OpenReader, trainer: null);
        _session.Begin("stripes", "desk", isMore: false);

        other.Begin("dots", "desk", isMore: false);
        _session.Begin("dots", "desk", isMore: false);
        _session.See("shelf", Coloured(1));

        Assert.EndsWith("somebody else teaches a sock there at the moment; wait until they have finished", other.View.Told);
        Assert.Equal("dots: another sock is being taught; wait, or cancel it", _session.View.Told);
        Assert.Equal((0, null), (_session.View.Taken, _session.View.Advice));
    }

    [Fact]
    public async Task Too_few_frames_are_told_and_change_nothing()
    {
        _session.Begin("stripes", "desk", isMore: false);
        _session.See("desk", Coloured(1));
        await Eventually.TrueAsync(() => _session.View.Taken == 1, "the frame is taken");

        await _session.FinishAsync();

        Assert.StartsWith("Stripes: only 1 of the frames could be used, and 3 is the least", _session.View.Told);
        Assert.Equal((TeachingState.Idle, true), (_session.View.State, _session.View.IsTrouble));
        Assert.Empty(Directory.GetFileSystemEntries(Photos));
    }

    [Fact]
    public async Task From_its_third_frame_on_the_sock_is_told()
    {
        await ShowAsync("stripes");

        await Eventually.TrueAsync(() => _session.View.IsLearnt, "it is learnt");
        await _session.FinishAsync();

        Assert.Equal(3, _learner.Frames[0]);
        Assert.Equal(_learner.Frames.Order(), _learner.Frames);
        Assert.Equal(["Stripes"], _learner.Labels);
    }

    [Fact]
    public async Task Finished_twice_at_once_it_is_kept_once_and_told_on()
    {
        await ShowAsync("stripes");
        await Eventually.TrueAsync(() => _session.View.IsLearnt, "it is learnt");

        await Task.WhenAll(_session.FinishAsync(), _session.FinishAsync(), _session.CancelAsync());

        Assert.EndsWith("photos of Stripes are kept", _session.View.Told);
        Assert.Equal(["Stripes"], _learner.Labels);
    }

    [Fact]
    public async Task More_of_a_known_sock_is_told_by_the_label_that_its_folder_has()
    {
        Directory.CreateDirectory(Path.Combine(Photos, "class-AWS"));

        await ShowAsync("aws", isMore: true);
        await Eventually.TrueAsync(() => _session.View.IsLearnt, "it is learnt");

        Assert.Equal(["AWS"], _learner.Labels);
    }

    [Fact]
    public async Task A_frame_that_somebody_else_has_named_meanwhile_is_told()
    {
        await ShowAsync("stripes");
        await _session.FinishAsync();

        _session.NameWaiting("gone", "stripes");

        Assert.Equal("Stripes: this frame waits no more: somebody has named it or thrown it away", _session.View.Told);
        Assert.True(_session.View.IsTrouble);
    }

    [Fact]
    public async Task Thrown_away_it_is_told_no_more_and_the_empty_scene_never_is()
    {
        await ShowAsync("stripes");
        await Eventually.TrueAsync(() => _session.View.IsLearnt, "it is learnt");
        await _session.CancelAsync();
        var learnt = _learner.Frames.Count;
        await ShowAsync("blank");

        await _session.FinishAsync();

        Assert.Empty(_learner.Labels);
        Assert.Equal(learnt, _learner.Frames.Count);
    }

    [Fact]
    public async Task A_frame_that_waits_is_named_on_the_page_and_mistakes_are_told()
    {
        var frame = new WaitingFrame("desk", DateTimeOffset.UnixEpoch, "Google", 40);
        _session.Waiting.Add(frame, JpegWriter.Encode(new Frame(40, 30), 90));
        _session.NameWaiting(frame.Id, "<b>");
        var wrong = _session.View;
        await ShowAsync("stripes");
        await _session.FinishAsync();

        _session.NameWaiting(frame.Id, "stripes");

        Assert.Equal(("<b>: '<' is no letter of a sock's name: letters, digits, blanks, - and _ are", true), (wrong.Told, wrong.IsTrouble));
        Assert.Equal((TeachingState.Kept, "One photo more of Stripes is kept"), (_session.View.State, _session.View.Told));
        Assert.Empty(_session.Waiting.All);
    }

    private static FrameReader OpenReader() => FrameReader.Open(model: "", Repository.PathOf("models/efficientnet-lite0.onnx"));

    private async Task ShowAsync(string name, bool isMore = false)
    {
        _session.Begin(name, "desk", isMore);
        var number = 0;
        await Eventually.TrueAsync(
            () =>
            {
                _session.See("desk", Coloured(++number));
                return _session.View.Taken >= 3;
            },
            "three frames are taken");
    }

    private Task StateAsync(TeachingState state) => Eventually.TrueAsync(() => _session.View.State == state, $"it is {state}");

    /// <summary>Pictures that no network takes for the same: squares of random colours.</summary>
    private static Frame Coloured(int seed)
    {
        var (frame, random) = (new Frame(320, 240), new Random(seed));
        for (var square = 0; square < 60; square++)
        {
            var (x, y, side) = (random.Next(280), random.Next(200), random.Next(10, 40));
            byte[] colour = [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
            for (var at = 0; at < side * side; at++)
                colour.CopyTo(frame.Row(y + (at / side)).Slice((x + (at % side)) * 3, 3));
        }
        return frame;
    }

    private sealed class SaidLearner : ILearner
    {
        /// <summary>What is told now.</summary>
        public HashSet<string> Labels { get; } = [];

        /// <summary>How many frames each call had.</summary>
        public List<int> Frames { get; } = [];

        public Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task<bool> LearnAsync(string label, IReadOnlyList<Frame> frames, CancellationToken cancel)
        {
            _ = Labels.Add(label);
            Frames.Add(frames.Count);
            return Task.FromResult(true);
        }

        public Task ForgetAsync(string label, CancellationToken cancel)
        {
            _ = Labels.Remove(label);
            return Task.CompletedTask;
        }
    }

    private sealed class SaidTrainer : ITrainer
    {
        public TaskCompletionSource End { get; set; } = new();

        public bool IsModelDisposed { get; private set; }

        public async Task<ITrainedModel> TrainAsync(string photos, Action<string> tell, CancellationToken cancel)
        {
            tell("learning");
            await End.Task.WaitAsync(cancel);
            return new Model(this);
        }

        private sealed class Model(SaidTrainer trainer) : ITrainedModel
        {
            public string Use() => "it is in use";

            public void Dispose() => trainer.IsModelDisposed = true;
        }
    }
}
