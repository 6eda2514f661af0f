using System.Runtime.CompilerServices;
using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Models.Inference;
using SockSort.Models.Learnt;

namespace SockSort.Edge.Recognition;

/// <summary>
/// The socks that were shown and that the model in use does not know yet, with their frames: each model that comes sees these anew, since
/// embeddings of two models cannot be compared.
/// </summary>
/// <param name="known">Pictures of known socks and the empty scene, given the labels of the model; asked for once a model.</param>
/// <remarks>One thread at a time.</remarks>
internal sealed class ShownSocks(Func<IReadOnlyList<string>, IEnumerable<Frame>> known)
{
    /// <summary>Most socks at once; beyond that the one that was learnt first is forgotten, which costs nothing but the wait.</summary>
    public const int MostSocks = 32;

    // No model looks closer, and socks may wait for long for their training.
    private const int Side = 640;

    private readonly List<(string Label, IReadOnlyList<Frame> Frames)> _socks = [];
    private readonly ConditionalWeakTable<Frame, Frame> _small = [];
    private readonly Dictionary<Frame, ShownLook> _seen = [];
    private List<float[]> _others = [];
    private ModelInUse? _by;

    /// <summary>Takes a sock, in place of what was shown under its label.</summary>
    public void Show(string label, IReadOnlyList<Frame> frames)
    {
        _ = Forget(label);
        _socks.Add((label, [.. frames.Select(SmallOf)]));
        if (_socks.Count > MostSocks)
            _socks.RemoveAt(0);
    }

    /// <returns>Whether it was there.</returns>
    public bool Forget(string label) => _socks.RemoveAll(sock => sock.Label == label) > 0;

    /// <summary>Looks at the pictures of known socks, so that a sock that is shown soon need not wait for it.</summary>
    /// <exception cref="Models.ModelException">The model cannot be run.</exception>
    public void Prepare(ModelInUse model)
    {
        if (_by == model)
            return;
        using var sight = model.CreateClassifier();
        _seen.Clear();
        _others = [.. known(model.Labels).Select(frame => Seen(sight, frame).Embedding)];
        _by = model;
    }

    /// <summary>What a model tells of these socks beyond what it knows; those that it knows are forgotten.</summary>
    /// <exception cref="Models.ModelException">The model cannot be run.</exception>
    public LearntSocks ToldBy(ModelInUse model)
    {
        _ = _socks.RemoveAll(sock => model.Labels.Contains(sock.Label));
        if (_socks.Count == 0)
        {
            _seen.Clear();
            return LearntSocks.None;
        }
        Prepare(model);
        using var sight = model.CreateClassifier();
        var frames = _socks.SelectMany(sock => sock.Frames).ToHashSet();
        foreach (var gone in _seen.Keys.Except(frames).ToList())
            _ = _seen.Remove(gone);
        foreach (var frame in frames.Except(_seen.Keys).ToList())
            _seen[frame] = Seen(sight, frame);
        return LearntSocks.Of(
            [.. _socks.Select(sock => (sock.Label, (IReadOnlyList<ShownLook>)[.. sock.Frames.Select(frame => _seen[frame])]))], _others);
    }

    private static ShownLook Seen(Classifier sight, Frame frame)
    {
        var said = sight.Classify(frame);
        return new ShownLook(sight.Embedding.ToArray(), said.Unknown);
    }

    // The same small frame for the same frame: it has been seen then.
    private Frame SmallOf(Frame frame) => _small.GetValue(frame, shown =>
    {
        var scale = (double)Side / Math.Max(shown.Width, shown.Height);
        return scale >= 1
            ? shown
            : new Resampler((int)Math.Round(shown.Width * scale), (int)Math.Round(shown.Height * scale)).Resize(shown);
    });
}
