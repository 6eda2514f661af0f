using SockSort.Imaging;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Photos;

/// <summary>A photo as the training needs it; the photo itself is not kept.</summary>
/// <param name="Class">Index among the classes of the folder.</param>
/// <param name="Whole">The whole photo as the network sees it, S x S.</param>
/// <param name="Pyramid">For changed copies.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="Name">Folder and file, parted by <c>/</c>; of a photo that only judges, its path or record.</param>
internal sealed record TrainingPhoto(int Class, Frame Whole, PhotoPyramid Pyramid, string Sha256, string Name);
