namespace SockSort.Models.Onnx;

/// <summary>
/// How far a value of the graph is from what it is for each class: a squared Mahalanobis distance with a covariance that all classes share,
/// <c>Rest |x - mean|² + sum of Gain (axis · (x - mean))²</c>.
/// </summary>
/// <param name="Value">Name of the value in the graph.</param>
/// <param name="IsMap">Whether the value is N x W x height x width, of which the mean over the picture counts; else it is N x W.</param>
/// <param name="Centre">Mean over all classes, taken off first so that sums stay small; W numbers.</param>
/// <param name="Means">Mean of each class; row-major <c>[classes, W]</c>.</param>
/// <param name="Axes">Row-major <c>[axes, W]</c>; at least one.</param>
/// <param name="Gain">What squares along the axes count; below 0 where <see cref="Rest"/> counts too much along them.</param>
/// <param name="Rest">What squares in any direction count; 0 where the axes say all.</param>
public sealed record ClassDistances(
    string Value, bool IsMap, float[] Centre, float[] Means, float[] Axes, float Gain, float Rest)
{
    /// <summary>W: numbers of the value for one picture.</summary>
    public int Width => Centre.Length;

    /// <summary>Classes that distances are given to.</summary>
    public int Classes => Means.Length / Width;
}
