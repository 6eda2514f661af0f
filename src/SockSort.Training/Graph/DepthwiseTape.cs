using static TorchSharp.torch;

namespace SockSort.Training.Graph;

/// <summary>What went into and came out of the depthwise convolutions of one forward run, for their gradients.</summary>
internal sealed class DepthwiseTape : IDisposable
{
    private readonly List<(Tensor Input, Tensor Output, DepthwiseConvolution Convolution)> _entries = [];

    /// <summary>What came out, in the order of the run: autograd gives gradients for them.</summary>
    public IEnumerable<Tensor> Outputs => _entries.Select(entry => entry.Output);

    /// <summary>Whether the tape will dispose of this tensor.</summary>
    public bool Holds(Tensor value) => _entries.Exists(entry => ReferenceEquals(entry.Output, value));

    /// <param name="input">Stays the caller's; must not be changed any more.</param>
    /// <param name="output">
    /// Taken over; autograd reaches it whether or not weights before it are learnt. Must not be changed any more.
    /// </param>
    public void Add(Tensor input, Tensor output, DepthwiseConvolution convolution)
    {
        if (!output.requires_grad)
            _ = output.requires_grad_();
        _entries.Add((input.detach(), output, convolution));
    }

    /// <summary>Gradients by the names of weights and biases; the caller's.</summary>
    /// <param name="outputs">Gradients of <see cref="Outputs"/>.</param>
    public Dictionary<string, Tensor> Gradients(IReadOnlyList<Tensor> outputs)
    {
        var gradients = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < _entries.Count; i++)
        {
            var (input, _, convolution) = _entries[i];
            using Tensor inputLast = input.permute(0, 2, 3, 1), inputs = inputLast.contiguous();
            using Tensor outputLast = outputs[i].permute(0, 2, 3, 1), gradient = outputLast.contiguous();
            var shape = convolution.ShapeFor(inputs.shape, gradient.shape);
            var (weight, bias) = (FloatTensors.New(shape.Channels, 1, shape.KernelY, shape.KernelX), FloatTensors.New(shape.Channels));
            DepthwiseGradientKernel.Run(inputs.Numbers(), gradient.Numbers(), shape, weight.Numbers(), bias.Numbers());
            gradients.Add(convolution.Weight, weight);
            if (convolution.Bias is { } name)
                gradients.Add(name, bias);
            else
                bias.Dispose();
        }
        return gradients;
    }

    public void Dispose()
    {
        foreach (var (input, output, _) in _entries)
        {
            input.Dispose();
            output.Dispose();
        }
    }
}
