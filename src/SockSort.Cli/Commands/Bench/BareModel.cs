using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Cli.Commands.Bench;

/// <summary>A model that costs what a trained one does and knows nothing: the backbone with a head of 7 classes.</summary>
internal static class BareModel
{
    private const int Classes = 7;

    /// <param name="path">A package in place of it; null = none.</param>
    public static ModelPackage OrFrom(string? path) => path is null ? Make() : ModelPackage.Read(path);

    private static ModelPackage Make()
    {
        var backbone = OnnxModel.Read(Backbone.ShippedPath);
        string[] labels = [.. Enumerable.Range(0, Classes).Select(index => $"Class {index}")];
        var head = new LinearHead(new float[labels.Length * backbone.OutputWidth(ModelPackage.EmbeddingName)], new float[labels.Length]);
        return new ModelPackage(head.AppendTo(backbone).ToBytes(), new ModelCard
        {
            Input = new ModelInput { Size = Backbone.NativeSide },
            Classes = [.. labels.Select(label => new ModelClass(label, null))],
        });
    }
}
