using System.Numerics.Tensors;

namespace SockSort.Training.Layers;

/// <summary>What one thread works with: the values of a few pictures, their gradients, its share of the weights' gradients.</summary>
/// <param name="shapes">Of the values; the first is what goes into the first layer.</param>
/// <param name="images">Most pictures at a time.</param>
internal sealed class Lane(IReadOnlyList<ValueShape> shapes, int images)
{
    private readonly float[][] _values = [.. shapes.Select(shape => new float[shape.Length * images])];
    private readonly float[]?[] _gradients = new float[]?[shapes.Count];
    private readonly Stack<float[]> _spare = [];
    private readonly Dictionary<object, float[]> _sums = [];
    private readonly int _longest = shapes.Max(shape => shape.Length) * images;
    private readonly float[][] _scratch = [[], [], [], [], []];

    /// <summary>Channels last, one picture after another.</summary>
    /// <param name="value">Its number.</param>
    /// <param name="count">Pictures.</param>
    public Span<float> Value(int value, int count) => _values[value].AsSpan(0, shapes[value].Length * count);

    /// <summary>The gradient of a value.</summary>
    /// <param name="value">Its number.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="isNew">Nothing was added to it yet: what is there does not count.</param>
    public Span<float> Gradient(int value, int count, out bool isNew)
    {
        isNew = _gradients[value] is null;
        var gradient = _gradients[value] ??= _spare.TryPop(out var spare) ? spare : new float[_longest];
        return gradient.AsSpan(0, shapes[value].Length * count);
    }

    /// <summary>Nobody needs the gradient any more.</summary>
    public void Forget(int value)
    {
        if (_gradients[value] is not { } gradient)
            return;
        _spare.Push(gradient);
        _gradients[value] = null;
    }

    /// <summary>Sums over all pictures of the lane.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="length">How many.</param>
    public Span<float> Sums(object owner, int length)
    {
        if (!_sums.TryGetValue(owner, out var sums))
            _sums[owner] = sums = new float[length];
        return sums;
    }

    /// <summary>Adds up the sums of several lanes, in their order.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="total">Receives them; what was there does not count.</param>
    public static void AddUp(IReadOnlyList<Lane> lanes, object owner, Span<float> total)
    {
        total.Clear();
        foreach (var lane in lanes)
            TensorPrimitives.Add(total, lane.Sums(owner, total.Length), total);
    }

    /// <summary>Memory for as long as a layer runs.</summary>
    /// <param name="which">0 to 4.</param>
    /// <param name="length">Numbers; they are what happened to be there.</param>
    public Span<float> Scratch(int which, int length)
    {
        if (_scratch[which].Length < length)
            _scratch[which] = new float[length];
        return _scratch[which].AsSpan(0, length);
    }

    /// <summary>All sums begin anew.</summary>
    public void Begin()
    {
        foreach (var sums in _sums.Values)
            Array.Clear(sums);
    }
}
