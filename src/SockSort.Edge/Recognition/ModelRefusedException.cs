using SockSort.Shared;

namespace SockSort.Edge.Recognition;

/// <summary>Another model is not taken into use; the one that runs goes on.</summary>
public sealed class ModelRefusedException : ExpectedException
{
    internal ModelRefusedException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <inheritdoc/>
    public override string Code => "model-refused";
}
