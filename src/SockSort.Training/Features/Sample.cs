namespace SockSort.Training.Features;

/// <summary>One picture to embed.</summary>
/// <param name="Class">Index of the label.</param>
/// <param name="Photo">Index of the photo; -1 = a painted background.</param>
/// <param name="Copy">Number of the changed copy; -1 = the photo as it is.</param>
internal readonly record struct Sample(int Class, int Photo, int Copy);
