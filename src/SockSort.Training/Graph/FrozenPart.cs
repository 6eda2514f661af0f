using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Training.Graph;

/// <summary>
/// The part of a backbone that is not learnt, run by ONNX Runtime: that is faster than torch where no gradient is needed.
/// </summary>
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
        var part = model.Copy();
        _output = Cut(part.Proto.Graph, firstTuned);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            _session = new InferenceSession(part.ToBytes(), options);
            Shape = ShapeOf(new float[3 * side * side]);
        }
        catch (OnnxRuntimeException error)
        {
            throw TrainingErrors.RuntimeRefused(model.File, error);
        }
    }

    /// <summary>Axes of what comes out for one picture: channels, height, width.</summary>
    public long[] Shape { get; }

    /// <summary>Numbers that come out for one picture.</summary>
    public int Length => (int)Shape.Aggregate(1L, (product, axis) => product * axis);

    /// <param name="images">Pictures one after another, each <c>[3, side, side]</c> as the preprocessing gives it.</param>
    /// <param name="first">The first to run.</param>
    /// <param name="count">How many.</param>
    /// <param name="features">Receives what comes out, one picture after another; <see cref="Length"/> numbers each.</param>
    public unsafe void Run(float[] images, int first, int count, Span<float> features)
    {
        using var image = ImageOf(images, first, count);
        // ONNX Runtime writes so many numbers, and is done with them when it returns.
        fixed (float* start = features[..(count * Length)])
        {
            using var output = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [count, .. Shape], (nint)start,
                (long)count * Length * sizeof(float));
            _session.Run(_run, [ModelPackage.InputName], [image], [_output], [output]);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private long[] ShapeOf(float[] one)
    {
        using var image = ImageOf(one, 0, 1);
        using var outputs = _session.Run(_run, [ModelPackage.InputName], [image], [_output]);
        return outputs[0].GetTensorTypeAndShape().Shape[1..];
    }

    private OrtValue ImageOf(float[] images, int first, int count)
    {
        var length = 3 * _side * _side;
        return OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, images.AsMemory(first * length, count * length), [count, 3, _side, _side]);
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
        graph.Output.Add(
            new ValueInfoProto
            {
                Name = output,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxModel.Float32 } },
            });
        return output;
    }
}
