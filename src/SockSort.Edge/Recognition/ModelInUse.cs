using SockSort.Imaging;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Learnt;
using SockSort.Models.Versions;

namespace SockSort.Edge.Recognition;

/// <summary>
/// An open version of a model. The cameras of a process share it; it closes when nobody holds it any more, so that a frame that is being
/// classified keeps its model while the next one has another.
/// </summary>
public sealed class ModelInUse
{
    private readonly ClassifierModel _network;
    private readonly Lock _gate = new();

    // Of who made it.
    private int _holders = 1;
    private volatile LearntSocks _learnt = LearntSocks.None;

    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    internal ModelInUse(PackageFile file, DateTimeOffset since)
    {
        (Version, Sha256, Labels, Since) = (file.Version, file.Sha256, file.Package.Labels, since);
        Rejection = RejectionRule.Of(file.Package.Card);
        _network = new ClassifierModel(file.Package);
    }

    /// <summary>How <see cref="Sha256"/> begins.</summary>
    public string Version { get; }

    /// <summary>Of the package's file.</summary>
    public string Sha256 { get; }

    /// <summary>The shown names; index = class.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Which frames show none of the taught socks; null = the model names no threshold.</summary>
    public RejectionRule? Rejection { get; }

    /// <summary>When it was taken into use, UTC.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>Socks that were just learnt and that it does not know, as it sees them.</summary>
    internal LearntSocks Learnt
    {
        get => _learnt;
        set => _learnt = value;
    }

    /// <summary>Buffers of a camera's own over the network. Dispose them before the model is let go.</summary>
    internal Classifier CreateClassifier() => new(_network);

    /// <summary>Classifies a black picture, so that a model that cannot be run is found out before a frame needs it.</summary>
    /// <exception cref="ModelException">It cannot be run, or gives no probabilities.</exception>
    internal void Try()
    {
        using var classifier = CreateClassifier();
        _ = classifier.Classify(new Frame(classifier.InputSize, classifier.InputSize));
    }

    /// <returns>False where it is closed already.</returns>
    internal bool TryHold()
    {
        lock (_gate)
        {
            if (_holders == 0)
                return false;
            _holders++;
            return true;
        }
    }

    /// <summary>Lets it go; the last one closes it.</summary>
    internal void Release()
    {
        lock (_gate)
        {
            if (--_holders > 0)
                return;
        }
        _network.Dispose();
    }
}
