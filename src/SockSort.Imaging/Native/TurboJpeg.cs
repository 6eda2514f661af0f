using System.Runtime.InteropServices;

namespace SockSort.Imaging.Native;

/// <summary>All that SockSort knows of libturbojpeg (2.1 API). Call only where <see cref="IsPresent"/>.</summary>
internal static partial class TurboJpeg
{
    // Debian's libturbojpeg0 has the version in its name; without the -dev package there is no libturbojpeg.so.
    private const string Library = "libturbojpeg.so.0";

    private const int PixelFormatRgb = 0; // TJPF_RGB
    private const int PixelFormatGray = 6; // TJPF_GRAY
    private const int PixelFormatCmyk = 11; // TJPF_CMYK
    private const int Subsampling420 = 2; // TJSAMP_420
    private const int SubsamplingGray = 3; // TJSAMP_GRAY
    private const int FlagNoRealloc = 1024; // TJFLAG_NOREALLOC: the buffer is ours and large enough
    private const int FlagAccurateDct = 4096; // TJFLAG_ACCURATEDCT, what NetVips uses
    private const int FlagLimitScans = 32768; // TJFLAG_LIMITSCANS: 500, against small files that keep the decoder busy for hours
    private const int WarningOnly = 0; // TJERR_WARNING
    private const int ColourSpaceGray = 2; // TJCS_GRAY; 3 and 4 are CMYK and YCCK

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

    /// <summary>
    /// Writes 4:2:0 (3 channels) or gray (1 channel) JPEG into a buffer of at least <see cref="LargestSize"/> bytes; returns how many it
    /// took.
    /// </summary>
    /// <remarks>
    /// <paramref name="pixels"/>: rows of <paramref name="pitch"/> bytes, R G B interleaved or gray; the last row may end with its pixels.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The library refused, with its own words.</exception>
    public static unsafe int Compress(
        CompressorHandle compressor,
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        int channels,
        int pitch,
        int quality,
        Span<byte> jpeg)
    {
        if (pixels.Length < (long)pitch * (height - 1) + (long)width * channels || channels is not (1 or 3))
            throw new ArgumentException($"{pixels.Length} bytes hold no {width} x {height} pixels of {channels} channels", nameof(pixels));
        fixed (byte* from = pixels)
        fixed (byte* buffer = jpeg)
        {
            // The check above bounds what is read; LargestSize bounds what is written.
            var target = buffer;
            var lengthBytes = (nuint)jpeg.Length;
            var (format, subsampling) = channels == 1 ? (PixelFormatGray, SubsamplingGray) : (PixelFormatRgb, Subsampling420);
            var result = Compress2(
                compressor, from, width, pitch, height, format, &target, ref lengthBytes, subsampling, quality,
                FlagNoRealloc | FlagAccurateDct);
            return result == 0 ? (int)lengthBytes : throw new InvalidOperationException($"libturbojpeg: {ErrorText(compressor)}");
        }
    }

    /// <summary>Reads a JPEG's header; null when it is sound, else the library's own words.</summary>
    public static unsafe string? ReadHeader(DecompressorHandle decompressor, ReadOnlySpan<byte> jpeg, out JpegHeader header)
    {
        int width = 0, height = 0;
        int result, colourSpace;
        fixed (byte* bytes = jpeg)
            result = DecompressHeader3(decompressor, bytes, (nuint)jpeg.Length, ref width, ref height, out _, out colourSpace);
        header = new JpegHeader(width, height, colourSpace switch { ColourSpaceGray => 1, > ColourSpaceGray => 4, _ => 3 });
        // A sampling that the library has no name for is an error here, but decodes. A file of tables only is none, but holds no picture.
        if (width > 0 && height > 0)
            return null;
        return result == 0 ? "it ends before the picture starts" : ErrorText(decompressor);
    }

    /// <summary>Decodes with full chroma upsampling and accurate DCT.</summary>
    /// <remarks>
    /// <paramref name="pixels"/> receives rows without padding: 1 channel gray, 3 R G B, 4 C M Y K as stored.
    /// <paramref name="warning"/>: what the library found wrong with a picture that it could decode all the same; null if nothing.
    /// </remarks>
    /// <returns>Null when decoded, else the library's own words.</returns>
    public static unsafe string? Decompress(
        DecompressorHandle decompressor, ReadOnlySpan<byte> jpeg, int width, int height, int channels, Span<byte> pixels,
        out string? warning)
    {
        // To the library, a width or height of 0 means the picture's own.
        if (width < 1 || height < 1 || pixels.Length < (long)width * height * channels)
            throw new ArgumentException($"{pixels.Length} bytes hold no {width} x {height} pixels of {channels} channels", nameof(pixels));
        warning = null;
        var format = channels switch { 1 => PixelFormatGray, 3 => PixelFormatRgb, _ => PixelFormatCmyk };
        int result;
        // The check above bounds what is written.
        fixed (byte* bytes = jpeg)
        fixed (byte* target = pixels)
            result = Decompress2(
                decompressor, bytes, (nuint)jpeg.Length, target, width, width * channels, height, format, FlagAccurateDct | FlagLimitScans);
        if (result == 0)
            return null;
        if (ErrorCode(decompressor) != WarningOnly)
            return ErrorText(decompressor);
        warning = ErrorText(decompressor);
        return null;
    }

    [LibraryImport(Library, EntryPoint = "tjInitCompress")] // NULL = failure
    internal static partial CompressorHandle CreateCompressor();

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")] // NULL = failure
    internal static partial DecompressorHandle CreateDecompressor();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")] // 0 = done, -1 = error
    private static unsafe partial int DecompressHeader3(DecompressorHandle decompressor, byte* jpeg, nuint lengthBytes,
        ref int width, ref int height, out int subsampling, out int colourSpace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")] // 0 = done, -1 = error or warning, told apart by tjGetErrorCode
    private static unsafe partial int Decompress2(DecompressorHandle decompressor, byte* jpeg, nuint lengthBytes, byte* pixels,
        int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")] // 0 = warning, 1 = fatal
    private static partial int ErrorCode(DecompressorHandle decompressor);

    [LibraryImport(Library, EntryPoint = "tjBufSize")] // (unsigned long)-1 = arguments out of bounds
    private static partial nuint BufferSize(int width, int height, int subsampling);

    [LibraryImport(Library, EntryPoint = "tjCompress2")] // 0 = done, -1 = error
    private static unsafe partial int Compress2(
        CompressorHandle compressor, byte* pixels, int width, int pitch, int height, int pixelFormat,
        byte** jpeg, ref nuint lengthBytes, int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")] // never NULL; owned by the library
    private static partial nint ErrorString(SafeHandle handle);

    [LibraryImport(Library, EntryPoint = "tjDestroy")] // 0 = done, -1 = error
    private static partial int Destroy(nint handle);

    private static string ErrorText(SafeHandle handle) => Marshal.PtrToStringUTF8(ErrorString(handle)) ?? "unknown error";

    internal sealed class CompressorHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => Destroy(handle) == 0;
    }

    internal sealed class DecompressorHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => Destroy(handle) == 0;
    }

    /// <param name="Width">Pixels.</param>
    /// <param name="Height">Pixels.</param>
    /// <param name="Channels">As stored: 1 gray, 3 colour, 4 CMYK or YCCK.</param>
    internal readonly record struct JpegHeader(int Width, int Height, int Channels);
}
