using System.Runtime.InteropServices;
using Google.Protobuf;
using SockSort.Models.Onnx;

namespace SockSort.Training.Tests.Graph;

/// <summary>
/// Graphs of a few nodes, from <c>image</c> (N x 3 x H x W) to <c>embedding</c>; each node reads what the one before it made unless it
/// names its inputs.
/// </summary>
internal sealed class SmallGraph
{
    private readonly GraphProto _graph = new() { Name = "small" };
    private readonly Random _random = new(1);
    private string _last = "image";

    public static SmallGraph Begin() => new();

    public SmallGraph Node(string op, params AttributeProto[] attributes) => Node(op, [_last], attributes);

    /// <param name="op">Operator.</param>
    /// <param name="inputs">Names; <c>$3x4</c> is a new weight of that shape, <c>#1,2</c> whole numbers, <c>=0.5</c> one number.</param>
    /// <param name="attributes">Of the node.</param>
    public SmallGraph Node(string op, string[] inputs, params AttributeProto[] attributes)
    {
        var name = $"{op.ToLowerInvariant()}{_graph.Node.Count}";
        var node = new NodeProto { Name = name, OpType = op, Output = { name } };
        node.Input.Add(inputs.Select(input => input switch
        {
            "" => _last,
            "-" => "",
            ['$' or '#' or '=', ..] => Weight(input, $"{name}.w{_graph.Initializer.Count}"),
            _ => input,
        }));
        node.Attribute.Add(attributes);
        _graph.Node.Add(node);
        _last = name;
        return this;
    }

    /// <summary>A convolution of the last value.</summary>
    public SmallGraph Conv(int from, int to, int window, int stride = 1, int groups = 1, int[]? pads = null) => Node(
        "Conv", ["", $"${to}x{from / groups}x{window}x{window}", $"${to}"],
        Wholes("strides", stride, stride), Wholes("pads", pads ?? [window / 2, window / 2, window / 2, window / 2]),
        Wholes("kernel_shape", window, window), Whole("group", groups));

    public string Last => _last;

    /// <summary>Pools and flattens; the model is done.</summary>
    public OnnxModel End(int width)
    {
        _ = Node("GlobalAveragePool").Node("Flatten");
        return Done(width);
    }

    public OnnxModel Done(int width)
    {
        _graph.Node[^1].Output[0] = "embedding";
        _graph.Input.Add(Value("image", ["N", "3", "H", "W"]));
        _graph.Output.Add(Value("embedding", ["N", $"{width}"]));
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        };
        return OnnxModel.Parse(model.ToByteArray(), "small.onnx");
    }

    public static AttributeProto Whole(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Wholes(string name, params int[] values) =>
        new() { Name = name, Ints = { values.Select(value => (long)value) }, Type = AttributeProto.Types.AttributeType.Ints };

    public static AttributeProto Number(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    private string Weight(string text, string name)
    {
        var tensor = new TensorProto { Name = name, DataType = text[0] == '#' ? 7 : 1 };
        if (text[0] == '#')
        {
            long[] values = [.. text[1..].Split(',').Select(long.Parse)];
            tensor.Dims.Add(values.Length);
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values));
        }
        else if (text[0] == '=')
        {
            tensor.RawData = ByteString.CopyFrom(BitConverter.GetBytes(float.Parse(text[1..])));
        }
        else
        {
            long[] shape = [.. text[1..].Split('x').Select(long.Parse)];
            tensor.Dims.Add(shape);
            // Positive for what normalisation takes for a variance.
            float[] values =
            [
                .. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b))
                .Select(_ => shape.Length == 1 ? 0.1f + _random.NextSingle() : _random.NextSingle() - 0.5f),
            ];
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
        }
        _graph.Initializer.Add(tensor);
        return name;
    }

    private static ValueInfoProto Value(string name, string[] axes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(
            axes.Select(
                axis =>
                    long.TryParse(axis, out var length)
                        ? new TensorShapeProto.Types.Dimension { DimValue = length }
                        : new TensorShapeProto.Types.Dimension { DimParam = axis }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } },
        };
    }
}
