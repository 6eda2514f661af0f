using System.Runtime.InteropServices;
using NetVips;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>The pixels of a libvips picture, in memory that libvips gave; freed with it.</summary>
internal sealed unsafe class VipsPixels : IDisposable
{
    private readonly nint _memory;
    private readonly int _length;

    /// <summary>Decodes the whole image.</summary>
    /// <exception cref="VipsException">It cannot be decoded.</exception>
    public VipsPixels(Image image)
    {
        Vips.Prepare();
        _memory = image.WriteToMemory(out var length);
        _length = checked((int)length);
    }

    public ReadOnlySpan<byte> Bytes => new((void*)_memory, _length);

    public ReadOnlySpan<ushort> Words => MemoryMarshal.Cast<byte, ushort>(Bytes);

    public void Dispose() => NetVips.NetVips.Free(_memory);
}
