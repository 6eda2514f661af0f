using Google.Protobuf;
using SockSort.Models.Package;

namespace SockSort.Models.Onnx;

/// <summary>An ONNX file as its messages; what SockSort does not know of stays in it.</summary>
public sealed class OnnxModel
{
    /// <summary><c>TensorProto.DataType.FLOAT</c> of onnx.proto.</summary>
    public const int Float32 = 1;

    private OnnxModel(ModelProto proto, string file) => (Proto, File) = (proto, file);

    /// <summary>The whole model. Changes are written by <see cref="ToBytes"/>.</summary>
    public ModelProto Proto { get; }

    /// <summary>What errors call the file.</summary>
    public string File { get; }

    /// <exception cref="ModelException">The file is absent or no ONNX model.</exception>
    public static OnnxModel Read(string path) => Read(path, ModelErrors.BackboneMissing);

    /// <summary>Reads a classifier of another program, with the weights that lie in another file beside it.</summary>
    /// <exception cref="ModelException">The file is absent or no ONNX model, or what it needs beside it is absent.</exception>
    public static OnnxModel ReadForeign(string path)
    {
        var model = ReadAlone(path);
        ExternalData.TakeIn(model, Path.GetDirectoryName(Path.GetFullPath(path))!);
        return model;
    }

    /// <summary>Reads a classifier of another program without the weights that lie in another file.</summary>
    /// <exception cref="ModelException">The file is absent or no ONNX model.</exception>
    public static OnnxModel ReadAlone(string path) => Read(path, ModelErrors.OnnxMissing);

    /// <exception cref="ModelException">The bytes are no ONNX model.</exception>
    public static OnnxModel Parse(byte[] bytes, string file)
    {
        try
        {
            var proto = ModelProto.Parser.ParseFrom(bytes);
            return proto.Graph is { Node.Count: > 0 } ? new OnnxModel(proto, file) : throw ModelErrors.NotOnnx(file, cause: null);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw ModelErrors.NotOnnx(file, error);
        }
    }

    /// <summary>
    /// Width of a float32 output of two axes, N x width, as the graph declares it.
    /// </summary>
    /// <exception cref="ModelException">There is no such output, or it has another shape or an open width.</exception>
    public int OutputWidth(string name)
    {
        var output = Proto.Graph.Output.FirstOrDefault(value => value.Name == name)
            ?? throw ModelErrors.NoValue(File, "output", name, Proto.Graph.Output.Select(value => value.Name));
        var shape = ShapeOf(output);
        if (shape is not [_, { DimValue: > 0 and < int.MaxValue } width])
            throw ModelErrors.WrongShape(File, name, shape.Select(Describe), "N x a fixed width");
        return (int)width.DimValue;
    }

    /// <summary>Whether the graph declares that its input holds one picture, no more.</summary>
    public bool TakesOneAtATime =>
        Proto.Graph.Input.FirstOrDefault(value => value.Name == ModelPackage.InputName) is { } input
            && ShapeOf(input) is [{ DimValue: 1 }, ..];

    /// <summary>Makes sure that the input <c>image</c> takes pictures of this size, one or any number at once.</summary>
    /// <exception cref="ModelException">There is no such input, or it has another shape or type.</exception>
    public void RequirePictures(int side)
    {
        RequireInput(ModelPackage.InputName);
        var input = Proto.Graph.Input.First(value => value.Name == ModelPackage.InputName);
        if (input.Type?.TensorType is { HasElemType: true, ElemType: not Float32 })
            throw ModelErrors.NotFloat(File, input.Name);
        var shape = ShapeOf(input);
        if (shape is not [var count, var colours, var height, var width] || !Takes(count, 1) || !Takes(colours, 3) || !Takes(height, side)
            || !Takes(width, side))
            throw ModelErrors.WrongShape(File, input.Name, shape.Select(Describe), $"N x 3 x {side} x {side}");
    }

    /// <exception cref="ModelException">There is no such input.</exception>
    public void RequireInput(string name)
    {
        if (Proto.Graph.Input.All(value => value.Name != name))
            throw ModelErrors.NoValue(File, "input", name, Proto.Graph.Input.Select(value => value.Name));
    }

    /// <summary>A model of its own to change; this one stays as it is.</summary>
    public OnnxModel Copy() => new(Proto.Clone(), File);

    /// <summary>The model as a file's bytes; equal models give equal bytes.</summary>
    public byte[] ToBytes() => Proto.ToByteArray();

    internal static TensorShapeProto.Types.Dimension[] ShapeOf(ValueInfoProto value) => value.Type?.TensorType?.Shape?.Dim.ToArray() ?? [];

    internal static string Describe(TensorShapeProto.Types.Dimension dimension)
    {
        var named = dimension.HasDimParam ? dimension.DimParam : "?";
        return dimension.HasDimValue ? dimension.DimValue.ToString() : named;
    }

    private static bool Takes(TensorShapeProto.Types.Dimension axis, int length) => !axis.HasDimValue || axis.DimValue == length;

    private static OnnxModel Read(string path, Func<string, ModelException> missing)
    {
        if (!System.IO.File.Exists(path))
            throw missing(path);
        try
        {
            return Parse(System.IO.File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.NotReadable(path, error);
        }
    }
}
