using SockSort.Models.Onnx;

namespace SockSort.Models.Packing;

/// <summary>The picture input of a foreign graph.</summary>
/// <param name="Name">Of the value.</param>
/// <param name="ChannelsLast">N x S x S x 3 in place of N x 3 x S x S, as TensorFlow writes it.</param>
/// <param name="Side">S where the graph declares it.</param>
internal sealed record PictureInput(string Name, bool ChannelsLast, int? Side)
{
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

    private static PictureInput Of(string file, string name, TensorShapeProto.Types.Dimension[] shape)
    {
        if (shape is [_, { DimValue: 3 }, var height, var width] && Common(height, width) is { } side)
            return new PictureInput(name, ChannelsLast: false, side > 0 ? side : null);
        if (shape is [_, var down, var across, { DimValue: 3 }] && Common(down, across) is { } lastSide)
            return new PictureInput(name, ChannelsLast: true, lastSide > 0 ? lastSide : null);
        throw ModelErrors.WrongShape(
            file, name, shape.Select(OnnxModel.Describe), "N x 3 x S x S or N x S x S x 3, a square picture of three colours");
    }

    /// <returns>S; 0 where both are open; null where they differ.</returns>
    private static int? Common(TensorShapeProto.Types.Dimension height, TensorShapeProto.Types.Dimension width)
    {
        if (height.DimValue > 0 && width.DimValue > 0 && height.DimValue != width.DimValue)
            return null;
        var side = Math.Max(height.DimValue, width.DimValue);
        return side is >= 0 and < int.MaxValue ? (int)side : null;
    }
}
