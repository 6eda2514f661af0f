using SockSort.Models.Onnx;

namespace SockSort.Models.Packing;

/// <summary>The picture input of a foreign graph.</summary>
/// <param name="Name">Of the value.</param>
/// <param name="ChannelsLast">N x S x S x 3 in place of N x 3 x S x S, as TensorFlow writes it.</param>
/// <param name="Side">S where the graph declares it.</param>
/// <param name="Batch">Pictures of a run where the graph declares more than one; else 1.</param>
internal sealed record PictureInput(string Name, bool ChannelsLast, int? Side, int Batch)
{
    private const int Colours = 3;
    private const int MostTogether = 64;

    /// <exception cref="ModelException">Not exactly one input, or one that is no float32 picture.</exception>
    public static PictureInput Find(OnnxModel model)
    {
        // Files of old versions list their weights among the inputs.
        var weights = model.Proto.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        ValueInfoProto[] inputs = [.. model.Proto.Graph.Input.Where(input => !weights.Contains(input.Name))];
        if (inputs.Length != 1)
            throw ModelErrors.NotOneInput(model.File, inputs.Select(input => input.Name));
        if (inputs[0].Type?.TensorType is not { ElemType: OnnxModel.Float32 })
            throw ModelErrors.NotFloat(model.File, inputs[0].Name);
        return Of(model.File, inputs[0].Name, OnnxModel.ShapeOf(inputs[0]));
    }

    /// <summary>The shape of one run.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="side">S.</param>
    public long[] ShapeOf(int count, int side) => ChannelsLast ? [count, side, side, Colours] : [count, Colours, side, side];

    private static PictureInput Of(string file, string name, TensorShapeProto.Types.Dimension[] shape)
    {
        if (shape.Length == 4 && IsColours(shape[1]) && !IsLast(shape) && Common(shape[2], shape[3]) is { } side)
            return new PictureInput(name, ChannelsLast: false, side > 0 ? side : null, BatchOf(shape[0]));
        if (shape.Length == 4 && IsColours(shape[3]) && Common(shape[1], shape[2]) is { } lastSide)
            return new PictureInput(name, ChannelsLast: true, lastSide > 0 ? lastSide : null, BatchOf(shape[0]));
        throw ModelErrors.WrongShape(
            file, name, shape.Select(OnnxModel.Describe), "N x 3 x S x S or N x S x S x 3, a square picture of three colours");
    }

    /// <summary>Three, or open: exporters of Hugging Face leave all four axes so.</summary>
    private static bool IsColours(TensorShapeProto.Types.Dimension axis) => !axis.HasDimValue || axis.DimValue == Colours;

    /// <summary>The last axis has the colours where it alone is three, or is called so.</summary>
    private static bool IsLast(TensorShapeProto.Types.Dimension[] shape)
    {
        if (shape[1].HasDimValue)
            return false;
        return shape[3].DimValue == Colours || shape[3].DimParam.Contains("channel", StringComparison.OrdinalIgnoreCase);
    }

    private static int BatchOf(TensorShapeProto.Types.Dimension axis) => axis.DimValue is > 1 and <= MostTogether ? (int)axis.DimValue : 1;

    /// <returns>S; 0 where both are open; null where they differ.</returns>
    private static int? Common(TensorShapeProto.Types.Dimension height, TensorShapeProto.Types.Dimension width)
    {
        if (height.DimValue > 0 && width.DimValue > 0 && height.DimValue != width.DimValue)
            return null;
        var side = Math.Max(height.DimValue, width.DimValue);
        return side is >= 0 and < int.MaxValue ? (int)side : null;
    }
}
