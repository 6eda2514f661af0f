using SockSort.Dataset.Photos;

namespace SockSort.Dataset.Checking;

/// <summary>What the check knows of one photo.</summary>
/// <param name="Photo">The photo itself.</param>
/// <param name="Class">Its folder, relative to the root; or the class of a list or record.</param>
/// <param name="Split"><c>train</c>, <c>val</c>, <c>test</c>; null where neither folders nor lists tell.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
/// <param name="Width">Pixels, upright; 0 if it cannot be read.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="Sharpness">
/// Variance of the Laplacian of the gray picture at 256 pixels on the longer side; a sock on a table has 50 to 2000, a blurred one less
/// than 15.
/// </param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Fingerprint">
/// Perceptual: 128 bits that say where it gets darker to the right (first half) and downwards, on a grid of 9 x 9.
/// </param>
public sealed record PhotoFacts(
    Photo Photo, string Class, string? Split, string? Problem, int Width, int Height, double Sharpness, string Sha256, UInt128 Fingerprint)
{
    /// <summary>The photo's path, in a folder relative to it and with <c>/</c>; else what errors call the photo.</summary>
    public string Path => Photo.Name;
}
