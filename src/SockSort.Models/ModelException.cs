using SockSort.Shared;

namespace SockSort.Models;

/// <summary>A model or a model package that cannot be used. The message names the file and says what to do.</summary>
public sealed class ModelException : ExpectedException
{
    internal ModelException(string file, string problem, Exception? cause = null)
        : base($"{file}: {problem}", cause) =>
        (File, Problem) = (file, problem);

    /// <summary>Path of the package or the ONNX file, or the name that the caller gave to the bytes.</summary>
    public string File { get; }

    /// <summary>What is wrong with it, without the file.</summary>
    public string Problem { get; }

    /// <inheritdoc/>
    public override string Code => "model";

    /// <inheritdoc/>
    public override string Place => File;
}
