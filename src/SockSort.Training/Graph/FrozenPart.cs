using Microsoft.ML.OnnxRuntime;
using SockSort.Models;
using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>The part of a backbone that is not learnt, run by ONNX Runtime: that is faster than torch where no gradient is needed.</summary>
/// <remarks>Safe for several threads at once.</remarks>
internal sealed class FrozenPart : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _output;
    private readonly int _side;

    /// <param name="model">The backbone; not changed.</param>
    /// <param name="firstTuned">The node before which it ends; at least 1.</param>
    /// <param name="threads">That one run uses.</param>
    /// <param name="side">Pixels a side of the pictures.</param>
    /// <exception cref="TrainingException">ONNX Runtime refuses it.</exception>
    public FrozenPart(OnnxModel model, int firstTuned, int threads, int side)
    {
        _side = side;
        var part = OnnxModel.Parse(model.ToBytes(), model.File);
        _output = Cut(part.Proto.Graph, firstTuned);
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            _session = new InferenceSession(part.ToBytes(), options);
            _ = Run(new float[3 * side * side], 0, 1);
        }
        catch (OnnxRuntimeException error)
        {
            throw TrainingErrors.RuntimeRefused(model.File, error);
        }
    }

    /// <summary>Axes of what comes out for one picture: channels, height, width.</summary>
    public long[] Shape { get; private set; } = [];

    /// <summary>Numbers that come out for one picture.</summary>
    public int Length => (int)Shape.Aggregate(1L, (product, axis) => product * axis);

    /// <param name="images">Pictures one after another, each <c>[3, side, side]</c> as the preprocessing gives it.</param>
    /// <param name="first">The first to run.</param>
    /// <param name="count">How many.</param>
    /// <param name="features">Receives what comes out, one picture after another; <see cref="Length"/> numbers each.</param>
    public void Run(float[] images, int first, int count, Span<float> features) => Run(images, first, count).CopyTo(features);

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private float[] Run(float[] images, int first, int count)
    {
        var length = 3 * _side * _side;
        using var image = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, images.AsMemory(first * length, count * length), [count, 3, _side, _side]);
        using var outputs = _session.Run(_run, [ModelPackage.InputName], [image], [_output]);
        if (Shape.Length == 0)
            Shape = outputs[0].GetTensorTypeAndShape().Shape[1..];
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Leaves the nodes before the first tuned one, and what these need; the value between becomes the output.</summary>
    private static string Cut(GraphProto graph, int firstTuned)
    {
        NodeProto[] kept = [.. graph.Node.Take(firstTuned)];
        var output = kept[^1].Output[0];
        var needed = kept.SelectMany(node => node.Input).ToHashSet(StringComparer.Ordinal);
        TensorProto[] initializers = [.. graph.Initializer.Where(tensor => needed.Contains(tensor.Name))];
        graph.Node.Clear();
        graph.Node.Add(kept);
        graph.Initializer.Clear();
        graph.Initializer.Add(initializers);
        graph.Output.Clear();
        graph.ValueInfo.Clear();
        graph.Output.Add(new ValueInfoProto { Name = output, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });
        return output;
    }
}
