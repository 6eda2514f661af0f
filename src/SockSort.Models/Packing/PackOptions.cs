using SockSort.Models.Package;
namespace SockSort.Models.Packing;

/// <summary>What a foreign ONNX file does not say about itself.</summary>
public sealed record PackOptions
{
    /// <summary>S: pixels a side; null = as the graph declares it.</summary>
    public int? Size { get; init; }

    /// <summary>Scaling and colour order; its size is not used.</summary>
    public ModelInput Input { get; init; } = new() { Size = 0 };

    /// <summary>The output with one score a label; null = the only one, or the one called <c>probability</c>.</summary>
    public string? Output { get; init; }
}
