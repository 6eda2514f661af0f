using SockSort.Imaging.OpenCv;

namespace SockSort.Dataset.Im2Rec;

/// <summary>How a list is made into a <c>.rec</c>.</summary>
public sealed record PackOptions
{
    /// <summary>Crop, size, colour, encoding; without effect with <see cref="PassThrough"/>.</summary>
    public RecodeOptions Recode { get; init; } = new();

    /// <summary>Whether the files go into the records as they are, unread.</summary>
    public bool PassThrough { get; init; }

    /// <summary>Whether two or more labels are all stored; else only the first is.</summary>
    public bool PackLabel { get; init; }

    /// <summary>Photos worked on at once, at least 1; the records' order and bytes do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether paths and links may lead out of the photos' folder; false by default: a foreign list could pack any file of the machine.
    /// </summary>
    public bool AllowOutside { get; init; }
}
