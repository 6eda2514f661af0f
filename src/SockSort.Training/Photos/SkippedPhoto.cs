namespace SockSort.Training.Photos;

/// <summary>A photo that could not be read and was left out.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedPhoto(string Path, string Reason);
