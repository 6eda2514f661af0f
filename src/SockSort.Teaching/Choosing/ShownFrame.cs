using SockSort.Imaging;

namespace SockSort.Teaching.Choosing;

/// <summary>A frame that somebody shows, with what a network sees in it.</summary>
/// <param name="Embedding">The backbone's features, of any scale; their direction is compared.</param>
/// <param name="Sharpness">By <see cref="Choosing.Sharpness"/>.</param>
/// <param name="Blank">How probably the scene is empty, 0..1; null where no model says it.</param>
public sealed record ShownFrame(Frame Picture, float[] Embedding, double Sharpness, double? Blank);
