namespace SockSort.Training.Layers;

/// <summary>Weights that are learnt.</summary>
/// <param name="name">Of the initialiser.</param>
/// <param name="values">Taken over.</param>
internal sealed class LayerWeights(string name, float[] values)
{
    public string Name => name;

    /// <summary>In the order of the graph.</summary>
    public float[] Values => values;

    /// <summary>What they have to change by, in the same order.</summary>
    public float[] Gradient { get; } = new float[values.Length];
}
