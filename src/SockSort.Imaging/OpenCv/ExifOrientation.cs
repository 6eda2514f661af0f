using System.Buffers.Binary;
using SockSort.Imaging.Decoding;

namespace SockSort.Imaging.OpenCv;

/// <summary>Finds the EXIF orientation (1 upright .. 8) of a JPEG or PNG; 1 where there is none or it cannot be read.</summary>
internal static class ExifOrientation
{
    private const int Upright = 1;
    private const ushort OrientationTag = 0x0112;
    private const int EntryBytes = 12;

    public static int Of(ReadOnlySpan<byte> file, PhotoFormat format) => format switch
    {
        PhotoFormat.Jpeg => OfJpeg(file),
        PhotoFormat.Png => OfPng(file),
        _ => Upright,
    };

    /// <summary>The first APP1 segment that starts with <c>Exif 0 0</c>, before the scan.</summary>
    private static int OfJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xff)
                return Upright;
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }
            if (marker is 0xda or 0xd9)
                return Upright;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            var data = file[(at + 4)..Math.Clamp(at + 2 + length, at + 4, file.Length)];
            if (marker == 0xe1 && data.StartsWith("Exif\0\0"u8))
                return OfTiff(data[6..]);
            at += 2 + Math.Max(2, (int)length);
        }
        return Upright;
    }

    /// <summary>The chunk eXIf, which may also follow the pixels.</summary>
    private static int OfPng(ReadOnlySpan<byte> file)
    {
        for (var at = 8L; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (length > file.Length - at - 12)
                return Upright;
            if (file.Slice((int)at + 4, 4).SequenceEqual("eXIf"u8))
                return OfTiff(file.Slice((int)at + 8, (int)length));
            at += 12 + length;
        }
        return Upright;
    }

    private static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff[..2].SequenceEqual("II"u8) || tiff[..2].SequenceEqual("MM"u8)))
            return Upright;
        var little = tiff[0] == 'I';
        var directory = UInt32(tiff[4..], little);
        if (directory > tiff.Length - 2)
            return Upright;
        var count = UInt16(tiff[(int)directory..], little);
        for (int i = 0, at = (int)directory + 2; i < count && at + EntryBytes <= tiff.Length; i++, at += EntryBytes)
        {
            if (UInt16(tiff[at..], little) == OrientationTag)
                return UInt16(tiff[(at + 8)..], little) is >= 1 and <= 8 and var orientation ? orientation : Upright;
        }
        return Upright;
    }

    private static ushort UInt16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint UInt32(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
