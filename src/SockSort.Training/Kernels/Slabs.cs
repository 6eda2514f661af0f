using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SockSort.Training.Kernels;

/// <summary>Takes 16 channels out of a picture whose channels are last, and puts them back.</summary>
internal static class Slabs
{
    private const int Half = SlabKernel.Channels / 2;

    /// <param name="picture">Places of <paramref name="channels"/> numbers.</param>
    /// <param name="first">Number of the first place's first channel.</param>
    /// <param name="channels">From one place to the next.</param>
    /// <param name="count">Channels that there are, up to 16; the others become 0.</param>
    /// <param name="slab">Receives 16 numbers a place, for as many places as it has.</param>
    public static void Take(ReadOnlySpan<float> picture, int first, int channels, int count, Span<float> slab)
    {
        var places = slab.Length / SlabKernel.Channels;
        ref var from = ref MemoryMarshal.GetReference(picture.Slice(first, (places - 1) * channels + count));
        ref var to = ref MemoryMarshal.GetReference(slab);
        for (var place = 0; place < places; place++)
        {
            if (count == SlabKernel.Channels)
            {
                Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Vector256.LoadUnsafe(ref from, Half).StoreUnsafe(ref to, Half);
            }
            else
            {
                for (var i = 0; i < SlabKernel.Channels; i++)
                    Unsafe.Add(ref to, i) = i < count ? Unsafe.Add(ref from, i) : 0;
            }
            from = ref Unsafe.Add(ref from, channels);
            to = ref Unsafe.Add(ref to, SlabKernel.Channels);
        }
    }

    /// <summary>The other way round.</summary>
    /// <param name="slab">16 numbers a place.</param>
    /// <param name="picture">Receives them.</param>
    /// <param name="first">Number of the first place's first channel.</param>
    /// <param name="channels">From one place to the next.</param>
    /// <param name="count">Channels that there are, up to 16.</param>
    /// <param name="adds">Whether what is there counts.</param>
    public static void Put(ReadOnlySpan<float> slab, Span<float> picture, int first, int channels, int count, bool adds)
    {
        var places = slab.Length / SlabKernel.Channels;
        ref var from = ref MemoryMarshal.GetReference(slab);
        ref var to = ref MemoryMarshal.GetReference(picture.Slice(first, (places - 1) * channels + count));
        for (var place = 0; place < places; place++)
        {
            if (count == SlabKernel.Channels && !adds)
            {
                Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Vector256.LoadUnsafe(ref from, Half).StoreUnsafe(ref to, Half);
            }
            else
            {
                for (var i = 0; i < count; i++)
                    Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i) + (adds ? Unsafe.Add(ref to, i) : 0);
            }
            from = ref Unsafe.Add(ref from, SlabKernel.Channels);
            to = ref Unsafe.Add(ref to, channels);
        }
    }
}
