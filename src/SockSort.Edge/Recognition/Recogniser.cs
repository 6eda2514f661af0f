using SockSort.Imaging;
using SockSort.Models.Inference;

namespace SockSort.Edge.Recognition;

/// <summary>
/// What a camera's loop recognises socks with: one model for good, or the one that is shared and may change between frames.
/// </summary>
/// <remarks>One thread at a time; <see cref="Status"/> may be read on any.</remarks>
public sealed class Recogniser : IDisposable
{
    private readonly SharedModel? _shared;
    private readonly bool _tellsUnknown;
    private Classifier _classifier;
    private RejectionRule? _rejection;
    private volatile ModelInUse? _model;

    /// <param name="shared">Not owned; dispose it after this.</param>
    /// <param name="tellsUnknown">Whether frames are told as unknown by the model's own threshold.</param>
    public Recogniser(SharedModel shared, bool tellsUnknown)
    {
        (_shared, _tellsUnknown) = (shared, tellsUnknown);
        _model = shared.Hold();
        _classifier = _model.CreateClassifier();
        _rejection = RuleOf(_model);
    }

    private Recogniser(Classifier classifier, RejectionRule? rejection) => (_classifier, _rejection) = (classifier, rejection);

    /// <summary>One model for good.</summary>
    /// <param name="classifier">Not owned.</param>
    /// <param name="rejection">Which frames are told as unknown; null = none.</param>
    public static Recogniser Of(Classifier classifier, RejectionRule? rejection) => new(classifier, rejection);

    /// <summary>Raised, on any thread, when <see cref="Status"/> has changed otherwise than by <see cref="Follow"/>.</summary>
    public event Action? StatusChanged
    {
        add
        {
            if (_shared is not null)
                _shared.StatusChanged += value;
        }
        remove
        {
            if (_shared is not null)
                _shared.StatusChanged -= value;
        }
    }

    /// <summary>Which model is run; null where it is one for good, whose version nobody has said.</summary>
    public ModelStatus? Status => _model is { } model ? _shared!.StatusOf(model) : null;

    /// <summary>The model's labels; index = class.</summary>
    public IReadOnlyList<string> Labels => _classifier.Labels;

    /// <summary>Version of the model that is run; null where it is one for good.</summary>
    internal string? Version => _model?.Version;

    /// <summary>Goes over to the newest model. Called between two frames, so that each is of one model.</summary>
    /// <returns>Whether there was a newer one.</returns>
    internal bool Follow()
    {
        if (_shared is null || _shared.IsCurrent(_model!))
            return false;
        var next = _shared.Hold();
        var classifier = next.CreateClassifier();
        var before = _model!;
        _classifier.Dispose();
        (_classifier, _rejection, _model) = (classifier, RuleOf(next), next);
        before.Release();
        return true;
    }

    /// <summary>What a frame shows.</summary>
    /// <param name="frame">Any size.</param>
    internal Recognised Recognise(Frame frame)
    {
        var said = _classifier.Classify(frame);
        if (_model?.Learnt.Find(_classifier.Embedding) is { } learnt)
            return new Recognised(learnt.Beside(said), IsUnknown: false, IsLearnt: true);
        return new Recognised(said, _rejection?.Rejects(said) == true, IsLearnt: false);
    }

    /// <summary>The model of <see cref="Of"/> stays open.</summary>
    public void Dispose()
    {
        if (_model is not { } model)
            return;
        _classifier.Dispose();
        model.Release();
    }

    private RejectionRule? RuleOf(ModelInUse model) => _tellsUnknown ? model.Rejection : null;
}
