using System.Runtime.InteropServices;
using SockSort.Models.Onnx;

namespace SockSort.Training.Trainer;

/// <summary>No number that is none leaves a training.</summary>
internal static class FiniteWeights
{
    /// <exception cref="TrainingException">A weight is NaN or infinite.</exception>
    public static void Require(OnnxModel model)
    {
        foreach (var weights in model.Proto.Graph.Initializer)
        {
            if (weights.DataType != OnnxModel.Float32)
                continue;
            foreach (var value in MemoryMarshal.Cast<byte, float>(weights.RawData.Span))
            {
                if (!float.IsFinite(value))
                    throw TrainingErrors.NotFinite(weights.Name);
            }
        }
    }
}
