using System.Runtime.InteropServices;

namespace SockSort.Imaging.Native;

/// <summary>All that SockSort knows of libturbojpeg (2.1 API). Call only where <see cref="IsPresent"/>.</summary>
internal static partial class TurboJpeg
{
    // Debian's libturbojpeg0 has the version in its name; without the -dev package there is no libturbojpeg.so.
    private const string Library = "libturbojpeg.so.0";

    private const int PixelFormatRgb = 0; // TJPF_RGB
    private const int Subsampling420 = 2; // TJSAMP_420
    private const int FlagNoRealloc = 1024; // TJFLAG_NOREALLOC: the buffer is ours and large enough
    private const int FlagAccurateDct = 4096; // TJFLAG_ACCURATEDCT, what NetVips uses

    /// <summary>Whether the machine has the library.</summary>
    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Bytes that a JPEG of this size never exceeds.</summary>
    public static int LargestSize(int width, int height) => checked((int)BufferSize(width, height, Subsampling420));

    /// <summary>Writes 4:2:0 JPEG into a buffer of at least <see cref="LargestSize"/> bytes and returns how many it took.</summary>
    /// <exception cref="InvalidOperationException">The library refused, with its own words.</exception>
    public static unsafe int Compress(CompressorHandle compressor, Frame frame, int quality, Span<byte> jpeg)
    {
        fixed (byte* pixels = frame.Rgb)
        fixed (byte* buffer = jpeg)
        {
            // With NOREALLOC the pointer is read only: the library writes at most LargestSize bytes behind it.
            var target = buffer;
            var lengthBytes = (nuint)jpeg.Length;
            var result = Compress2(compressor, pixels, frame.Width, frame.Width * 3, frame.Height, PixelFormatRgb,
                &target, ref lengthBytes, Subsampling420, quality, FlagNoRealloc | FlagAccurateDct);
            return result == 0 ? (int)lengthBytes : throw new InvalidOperationException($"libturbojpeg: {ErrorText(compressor)}");
        }
    }

    [LibraryImport(Library, EntryPoint = "tjInitCompress")] // NULL = failure
    internal static partial CompressorHandle CreateCompressor();

    [LibraryImport(Library, EntryPoint = "tjBufSize")] // (unsigned long)-1 = arguments out of bounds
    private static partial nuint BufferSize(int width, int height, int subsampling);

    [LibraryImport(Library, EntryPoint = "tjCompress2")] // 0 = done, -1 = error
    private static unsafe partial int Compress2(CompressorHandle compressor, byte* pixels, int width, int pitch, int height, int pixelFormat,
        byte** jpeg, ref nuint lengthBytes, int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")] // never NULL; owned by the library
    private static partial nint ErrorString(CompressorHandle compressor);

    [LibraryImport(Library, EntryPoint = "tjDestroy")] // 0 = done, -1 = error
    private static partial int Destroy(nint handle);

    private static string ErrorText(CompressorHandle compressor) => Marshal.PtrToStringUTF8(ErrorString(compressor)) ?? "unknown error";

    internal sealed class CompressorHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => Destroy(handle) == 0;
    }
}
