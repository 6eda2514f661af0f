namespace SockSort.Training.Photos;

/// <summary>A photo to read.</summary>
/// <param name="Class">See <see cref="TrainingPhoto.Class"/>.</param>
/// <param name="Name">See <see cref="TrainingPhoto.Name"/>.</param>
/// <param name="Path">How an error calls it.</param>
/// <param name="Read">The file as it is.</param>
internal readonly record struct PhotoSource(int Class, string Name, string Path, Func<byte[]> Read);
