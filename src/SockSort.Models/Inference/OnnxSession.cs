using Microsoft.ML.OnnxRuntime;

namespace SockSort.Models.Inference;

/// <summary>Opens ONNX Runtime on a model and turns its refusals into ours.</summary>
internal static class OnnxSession
{
    /// <exception cref="ModelException">ONNX Runtime does not take the model.</exception>
    public static InferenceSession Open(byte[] onnx, InferenceOptions options, string file)
    {
        using var session = options.ToSession();
        try
        {
            return new InferenceSession(onnx, session);
        }
        catch (OnnxRuntimeException error)
        {
            throw ModelErrors.RuntimeRefused(file, error);
        }
    }
}
