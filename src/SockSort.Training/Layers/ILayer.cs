namespace SockSort.Training.Layers;

/// <summary>One step from value to value. Several threads may run it at once, each with a <see cref="Lane"/> of its own.</summary>
internal interface ILayer
{
    /// <summary>In the order of the graph's inputs; those that layers share are their first one's.</summary>
    IReadOnlyList<LayerWeights> Weights { get; }

    /// <summary>Shape of what comes out; its place in the layers is the value's number.</summary>
    ValueShape Shape { get; }

    /// <summary>Multiplications, each with its addition, on the way forward of one picture; the way back takes twice as many.</summary>
    long Products { get; }

    /// <summary>Brings weights that have changed into the order in which they are read.</summary>
    void Prepare();

    /// <param name="lane">Holds what goes in, and receives what comes out.</param>
    /// <param name="images">Pictures that are in it.</param>
    void Forward(Lane lane, int images);

    /// <param name="lane">
    /// Holds the gradient of what came out, which may be written over; the gradients of what went in and of the weights are added to.
    /// </param>
    /// <param name="images">Pictures that are in it.</param>
    void Backward(Lane lane, int images);

    /// <summary>Gives the weights their gradients.</summary>
    /// <param name="lanes">Each has a share of the pictures; read in their order.</param>
    void Collect(IReadOnlyList<Lane> lanes);
}
