using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Training.Native;
using static TorchSharp.torch;

namespace SockSort.Training.Graph;

/// <summary>
/// The nodes of a backbone from one point to the embedding, as a torch function whose weights can be learnt. Every
/// activation is given back as soon as nobody needs it: that halves the peak memory of a step.
/// </summary>
/// <remarks><see cref="Forward"/> may run on several threads at once; the weights are shared.</remarks>
internal sealed class TorchPart : IDisposable
{
    // Autograd does not look at what these made when it goes back through them, so the next node may write over it.
    private static readonly string[] Forgetful = ["Conv", "Add", "Sub", "Gemm", "BatchNormalization", "Concat"];

    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, Tensor> _constants = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly HashSet<string> _depthwise = new(StringComparer.Ordinal);
    private readonly string _input;
    private readonly Device _device;

    /// <param name="model">The backbone; not changed.</param>
    /// <param name="firstNode">The first of its nodes; what is before it leads here by one value.</param>
    /// <param name="device">Where its weights lie; null = this machine's memory.</param>
    /// <exception cref="TrainingException">A node's operator, or its form, is unknown; or there is no libtorch.</exception>
    public TorchPart(OnnxModel model, int firstNode, Device? device = null)
    {
        TorchLibrary.Require();
        _device = device ?? CPU;
        var graph = model.Proto.Graph;
        var constants = Constants.Of(graph);
        NodeProto[] nodes = [.. graph.Node.Skip(firstNode).Where(node => node.OpType != "Constant")];
        var made = nodes.SelectMany(node => node.Output).ToHashSet(StringComparer.Ordinal);
        _input = nodes.SelectMany(node => node.Input)
            .First(name => name.Length > 0 && !made.Contains(name) && !constants.ContainsKey(name));
        var producers = nodes.SelectMany(node => node.Output.Select(output => (output, node.OpType)))
            .ToDictionary(pair => pair.output, pair => pair.OpType);
        var uses = nodes.SelectMany(node => node.Input).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Length; i++)
            AddStep(nodes, i, constants, producers, uses, model.File);
    }

    /// <summary>The weights that are learnt, in the order of the graph; names are those of the initialisers.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. _names.Select(name => (name, _constants[name]))];

    /// <summary>Names of the parameters whose gradients come from a <see cref="DepthwiseTape"/>, not from autograd.</summary>
    public IReadOnlySet<string> OnTape => _depthwise;

    /// <param name="input">What the frozen part gives, or the pictures: N x C x H x W. Not changed.</param>
    /// <param name="tape">Told of the depthwise convolutions; null = no gradients are wanted.</param>
    /// <returns>N x width of the embedding; the caller's.</returns>
    public Tensor Forward(Tensor input, DepthwiseTape? tape = null)
    {
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [_input] = input };
        foreach (var step in _steps)
        {
            var made = step.Run(
                [.. step.Inputs.Select(name => name.Length == 0 ? null : _constants.GetValueOrDefault(name) ?? values[name])], step.Reuse);
            if (tape is not null && step.Depthwise is { } depthwise)
                tape.Add(values[step.Inputs[0]], made, depthwise);
            foreach (var name in step.Done)
            {
                // What works in place gives back the same object.
                if (values.Remove(name, out var done) && !ReferenceEquals(done, input) && !ReferenceEquals(done, made)
                    && !(tape?.Holds(done) ?? false))
                    done.Dispose();
            }
            values[step.Output] = made;
        }
        return values[ModelPackage.EmbeddingName];
    }

    /// <summary>The model with the weights as they are now; all else is as it was.</summary>
    public OnnxModel WriteBack(OnnxModel model)
    {
        var copy = model.Copy();
        var initializers = Constants.Of(copy.Proto.Graph);
        foreach (var (name, value) in Parameters)
        {
            using var plain = value.detach().cpu().contiguous();
            OnnxTensors.Replace(initializers[name], plain.data<float>().ToArray());
        }
        return copy;
    }

    public void Dispose()
    {
        foreach (var constant in _constants.Values)
            constant.Dispose();
    }

    private void AddStep(
        NodeProto[] nodes, int index, Dictionary<string, TensorProto> constants, Dictionary<string, string> producers, Dictionary<string,
        int> uses, string file)
    {
        var node = nodes[index];
        var reader = new NodeReader(node, constants);
        var run = Operators.Translate(reader, file);
        var depthwise = _device.type == TorchSharp.DeviceType.CPU ? DepthwiseConvolution.Find(node, reader, constants) : null;
        if (depthwise is not null)
        {
            _ = _depthwise.Add(depthwise.Weight);
            _ = depthwise.Bias is { } bias && _depthwise.Add(bias);
        }
        foreach (var name in node.Input.Where(name => constants.ContainsKey(name) && !_constants.ContainsKey(name)))
            AddConstant(constants[name], name, node.OpType);
        string[] done =
        [
            .. node.Input.Where(
                name =>
                    name.Length > 0 && !constants.ContainsKey(name)
                        && !nodes.Skip(index + 1).Any(later => later.Input.Contains(name))).Distinct(),
        ];
        var first = node.Input.FirstOrDefault("");
        var reuse = uses.GetValueOrDefault(first) == 1 && producers.TryGetValue(first, out var producer) && Forgetful.Contains(producer)
            && !_steps.Any(step => step.Output == first && step.Depthwise is not null);
        // Whole numbers (shapes, axes) are read from the graph when the node is translated.
        string[] inputs =
        [
            .. node.Input.Select(name => constants.TryGetValue(name, out var constant) && !OnnxTensors.IsFloat(constant) ? "" : name),
        ];
        _steps.Add(new Step(run, inputs, node.Output[0], done, reuse, depthwise));
    }

    private void AddConstant(TensorProto constant, string name, string usedBy)
    {
        if (!OnnxTensors.IsFloat(constant))
            return;
        var value = tensor(OnnxTensors.Floats(constant), [.. constant.Dims], device: _device);
        _constants[name] = value;
        if (usedBy is not ("Conv" or "Gemm" or "MatMul"))
            return;
        if (!_depthwise.Contains(name))
            _ = value.requires_grad_();
        _names.Add(name);
    }

    /// <param name="Run">Computes it.</param>
    /// <param name="Inputs">Names; empty = left out.</param>
    /// <param name="Output">Name of its one value.</param>
    /// <param name="Done">Values that nobody needs after it.</param>
    /// <param name="Reuse">It may write over its first input.</param>
    /// <param name="Depthwise">It is such a convolution, and its gradients come from the tape.</param>
    private sealed record Step(Operation Run, string[] Inputs, string Output, string[] Done, bool Reuse, DepthwiseConvolution? Depthwise);
}
