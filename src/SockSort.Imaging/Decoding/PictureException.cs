using SockSort.Shared;

namespace SockSort.Imaging.Decoding;

/// <summary>A picture that cannot be read: absent, no picture, cut off, too large. The message names it and the reason.</summary>
public sealed class PictureException : ExpectedException
{
    /// <param name="picture">See <see cref="Picture"/>.</param>
    /// <param name="reason">See <see cref="Reason"/>.</param>
    /// <param name="cause">What the library or the system said.</param>
    public PictureException(string picture, string reason, Exception? cause = null)
        : base($"{picture}: {reason}", cause) =>
        (Picture, Reason) = (picture, reason);

    /// <summary>Path of the file, or the name that the caller gave to the bytes.</summary>
    public string Picture { get; }

    /// <summary>What is wrong with it, without the name.</summary>
    public string Reason { get; }

    /// <inheritdoc/>
    public override string Code => "picture";

    /// <inheritdoc/>
    public override string Place => Picture;
}
