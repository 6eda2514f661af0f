using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Packing;

/// <summary>Runs a graph on made-up pictures to see what it gives: declared shapes are often open, and sometimes wrong.</summary>
internal static class GraphProbe
{
    /// <param name="onnx">The graph.</param>
    /// <param name="input">Name of its input.</param>
    /// <param name="shape">Of the input, <c>[N, ...]</c>.</param>
    /// <param name="images">Its numbers.</param>
    /// <param name="outputs">Names of float32 outputs.</param>
    /// <returns>Shape and numbers of each output.</returns>
    /// <exception cref="ModelException">ONNX Runtime refuses the graph or the picture.</exception>
    public static (long[] Shape, float[] Values)[] Run(OnnxModel onnx, string input, long[] shape, float[] images, params string[] outputs)
    {
        using var session = OnnxSession.Open(onnx.ToBytes(), new InferenceOptions { Threads = 1 }, onnx.File);
        using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var picture = OrtValue.CreateTensorValueFromMemory(images, shape);
        try
        {
            using var given = session.Run(run, [input], [picture], outputs);
            return [.. given.Select((value, index) => Read(onnx.File, outputs[index], value))];
        }
        catch (OnnxRuntimeException error)
        {
            throw ModelErrors.RuntimeRefused(onnx.File, error);
        }
    }

    /// <summary>Pictures that differ from each other, as the preprocessing would give them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="length">Numbers of one.</param>
    /// <param name="input">Scaling.</param>
    public static float[] Pictures(int count, int length, ModelInput input)
    {
        var images = new float[count * length];
        // Waves of another length in each picture: flat pictures could hide that pictures of a batch are mixed up.
        for (var i = 0; i < images.Length; i++)
            images[i] = (
                (float)(127.5 + 127.5 * Math.Sin(i % length * (0.013 + 0.007 * (i / length)))) - input.Mean.Green) / input.Scale.Green;
        return images;
    }

    private static (long[] Shape, float[] Values) Read(string file, string name, OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        return info.ElementDataType == TensorElementType.Float
            ? (info.Shape, value.GetTensorDataAsSpan<float>().ToArray())
            : throw ModelErrors.NotFloat(file, name);
    }
}
