namespace SockSort.Training.Features;

/// <summary>One picture to embed.</summary>
/// <param name="Class">Index of the label; -1 = none of them.</param>
/// <param name="Photo">Index of the photo; or <see cref="Background"/> or <see cref="Foreign"/>.</param>
/// <param name="Copy">Number of the changed copy; -1 = the photo as it is.</param>
internal readonly record struct Sample(int Class, int Photo, int Copy)
{
    /// <summary><see cref="Photo"/> of a painted background.</summary>
    public const int Background = -1;

    /// <summary><see cref="Photo"/> of a sock that is none of the classes.</summary>
    public const int Foreign = -2;
}
