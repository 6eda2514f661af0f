using System.Buffers.Binary;

namespace SockSort.Teaching.Waiting;

/// <summary>
/// A note within a JPEG file, in a comment segment at its beginning (ITU-T T.81, B.2.4.5), so that picture and note are one file and come
/// and go in one step. Programs that show pictures pass over it.
/// </summary>
internal static class JpegNote
{
    // Start of image, then marker and length of the segment; the length counts itself.
    private const int StartBytes = 2;
    private const int HeadBytes = 4;
    private const int LengthBytes = 2;
    private const byte Marker = 0xFF;
    private const byte Comment = 0xFE;

    /// <param name="jpeg">A whole JPEG.</param>
    /// <param name="note">At most 65533 bytes.</param>
    public static byte[] Write(ReadOnlySpan<byte> jpeg, ReadOnlySpan<byte> note)
    {
        var noted = new byte[jpeg.Length + HeadBytes + note.Length];
        jpeg[..StartBytes].CopyTo(noted);
        var segment = noted.AsSpan(StartBytes);
        (segment[0], segment[1]) = (Marker, Comment);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], checked((ushort)(note.Length + LengthBytes)));
        note.CopyTo(segment[HeadBytes..]);
        jpeg[StartBytes..].CopyTo(segment[(HeadBytes + note.Length)..]);
        return noted;
    }

    /// <returns>The note; empty where there is none.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> jpeg)
    {
        if (jpeg.Length < StartBytes + HeadBytes || jpeg[StartBytes] != Marker || jpeg[StartBytes + 1] != Comment)
            return [];
        var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(StartBytes + 2)..]) - LengthBytes;
        var note = jpeg[(StartBytes + HeadBytes)..];
        return length < 0 || length > note.Length ? [] : note[..length];
    }
}
