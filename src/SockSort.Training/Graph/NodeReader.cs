using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>A node with its attributes and those of its inputs that are constants.</summary>
/// <param name="node">Of the graph.</param>
/// <param name="constants">Initialisers and constants of the graph by name.</param>
internal sealed class NodeReader(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants)
{
    public string Operator => node.OpType;

    /// <summary>The node's name, or that of what it makes.</summary>
    public string Name => node.Name.Length > 0 ? node.Name : node.Output[0];

    public long Whole(string attribute, long otherwise) => Find(attribute) is { } found ? found.I : otherwise;

    public float Number(string attribute, float otherwise) => Find(attribute) is { } found ? found.F : otherwise;

    public string Text(string attribute, string otherwise) => Find(attribute) is { } found ? found.S.ToStringUtf8() : otherwise;

    public long[] Wholes(string attribute, params long[] otherwise) => Find(attribute) is { } found ? [.. found.Ints] : otherwise;

    /// <summary>A number that older files give as an attribute and newer ones as an input.</summary>
    public float? NumberOrInput(string attribute, int input)
    {
        if (Find(attribute) is { } found)
            return found.F;
        return Constant(input) is { } tensor ? OnnxTensors.Floats(tensor)[0] : null;
    }

    /// <summary>Whole numbers that older files give as an attribute and newer ones as an input.</summary>
    public long[]? WholesOrInput(string attribute, int input)
    {
        if (Find(attribute) is { } found)
            return [.. found.Ints];
        return Constant(input) is { } tensor ? OnnxTensors.Wholes(tensor) : null;
    }

    /// <summary>The constant that is given as an input; null = none is given.</summary>
    /// <exception cref="TrainingException">The input is computed by the graph.</exception>
    public TensorProto? Constant(int input)
    {
        if (input >= node.Input.Count || node.Input[input].Length == 0)
            return null;
        return constants.TryGetValue(node.Input[input], out var tensor)
            ? tensor
            : throw Unsupported($"input {input} that is computed, expected a constant");
    }

    /// <summary>The node asks for something that the trainer does not know.</summary>
    public TrainingException Unsupported(string what) => TrainingErrors.UnknownForm(Name, Operator, what);

    private AttributeProto? Find(string attribute) => node.Attribute.FirstOrDefault(known => known.Name == attribute);
}
