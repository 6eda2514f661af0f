using SockSort.Training.Graph;
using static TorchSharp.torch;

namespace SockSort.Training.FineTuning;

/// <summary>Weights that are learnt. They are changed in this machine's memory; on another device lies a copy.</summary>
internal sealed class TunedTensor : ITunedWeights, IDisposable
{
    private readonly Tensor _host;

    /// <param name="name">Of the initialiser.</param>
    /// <param name="value">What the network computes with; stays the caller's.</param>
    /// <param name="rate">Full learning rate.</param>
    public TunedTensor(string name, Tensor value, double rate)
    {
        (Name, Value, Rate) = (name, value, rate);
        _host = value.device_type == TorchSharp.DeviceType.CPU ? value : value.detach().cpu();
    }

    public string Name { get; }

    /// <summary>What the network computes with.</summary>
    public Tensor Value { get; }

    /// <summary>Full learning rate.</summary>
    public double Rate { get; }

    /// <summary>The numbers; after a change call <see cref="Publish"/>.</summary>
    public Span<float> Span => _host.Numbers();

    /// <summary>Brings the numbers to where the network computes.</summary>
    public void Publish()
    {
        if (ReferenceEquals(_host, Value))
            return;
        using var plain = no_grad();
        _ = Value.copy_(_host);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(_host, Value))
            _host.Dispose();
    }
}
