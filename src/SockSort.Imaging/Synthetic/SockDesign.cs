using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>One kind of sock, dyed: what a class of the synthetic photos is.</summary>
public sealed class SockDesign
{
    internal SockDesign(string name, SockColours colours, Action<SKCanvas, SockColours> pattern)
    {
        Name = name;
        Colours = colours;
        Pattern = pattern;
    }

    /// <summary>Lower case, words parted by <c>-</c>: <c>sailor-stripes</c>.</summary>
    public string Name { get; }

    /// <summary>The folder of its photos: <c>class-sailor-stripes</c>.</summary>
    public string Folder => "class-" + Name;

    /// <summary>The shown name: <c>Sailor Stripes</c>.</summary>
    public string Label => string.Join(' ', Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    internal SockColours Colours { get; }

    /// <summary>
    /// Paints the knitted tube, laid flat: <see cref="SockShape.TubeWidth"/> x <see cref="SockShape.TubeLength"/>, cuff at the top.
    /// </summary>
    internal Action<SKCanvas, SockColours> Pattern { get; }

    public override string ToString() => Label;
}
