namespace SockSort.Imaging.Kernels;

/// <summary>Weights of a resampling, as Pillow defines them.</summary>
public enum ResamplingFilter
{
    /// <summary>A triangle one pixel wide to each side.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5, two pixels wide to each side.</summary>
    Bicubic,
}
