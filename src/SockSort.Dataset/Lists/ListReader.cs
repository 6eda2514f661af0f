using System.Numerics;
using System.Text;

namespace SockSort.Dataset.Lists;

/// <summary>Reads a <c>.lst</c> line by line, with im2rec's rules; a line at fault is a problem of its own and the next is read.</summary>
/// <remarks>
/// A line ends with LF, CRLF or CR, as in Python's text files; it is stripped of white space and split at TABs, each field
/// stripped too. First field the id, last the path, all between labels. Not safe for several threads at once.
/// </remarks>
public sealed class ListReader : IDisposable
{
    /// <summary>Bytes of the longest line; longer ones are no list.</summary>
    public const int LongestLineBytes = 1 << 16;

    private const char Mark = '\ufeff';

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly Stream _stream;
    private readonly byte[] _bytes = new byte[LongestLineBytes * 2];
    private int _start;
    private int _end;
    private bool _afterCarriageReturn;

    /// <param name="stream">Read to its end and closed with the reader; need not seek.</param>
    public ListReader(Stream stream) => _stream = stream;

    /// <summary>Lines read so far.</summary>
    public long LineNumber { get; private set; }

    /// <summary>
    /// Whether a byte order mark before the first line is no part of it. Im2rec takes it for the id's, and so loses the line. Default no.
    /// </summary>
    public bool SkipsMark { get; init; }

    /// <param name="path">The list.</param>
    /// <param name="skipsMark">See <see cref="SkipsMark"/>.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ListReader Open(string path, bool skipsMark = false) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1)) { SkipsMark = skipsMark };

    /// <summary>The next line: a photo, or what is wrong. False at the end.</summary>
    public bool TryRead(out ListLine? line, out ListProblem? problem)
    {
        line = null;
        problem = null;
        if (!TryNextLine(out var range, out var tooLong))
            return false;
        LineNumber++;
        problem = tooLong
            ? Problem($"is longer than {LongestLineBytes} bytes, expected id TAB label TAB path")
            : Parse(_bytes.AsSpan(range), out line);
        return true;
    }

    public void Dispose() => _stream.Dispose();

    private ListProblem? Parse(ReadOnlySpan<byte> bytes, out ListLine? line)
    {
        line = null;
        if (IsUtf16(bytes))
            return Problem("is UTF-16 (every other byte is 0): save the list as UTF-8");
        string text;
        try
        {
            text = PythonText.Strip(WithoutMark(Strict.GetString(bytes)));
        }
        catch (DecoderFallbackException)
        {
            return Problem($"is not UTF-8: {Encoding.Latin1.GetString(bytes)}");
        }
        // The second half of UTF-16's last line end.
        if (text.Length == 0 || text == "\0")
            return new ListProblem(LineNumber, "is blank, expected id TAB label TAB path", IsBlank: true);
        var fields = Array.ConvertAll(text.Split('\t'), PythonText.Strip);
        if (fields.Length >= 3)
            return ParseFields(fields, out line);
        var problem = $"has {fields.Length} of at least three fields (id TAB label TAB path): {Shorten(text)}";
        return Problem(OtherSeparator(text) is { } mark ? $"{problem}; its fields are parted by {mark}: part them by TABs" : problem);
    }

    private string WithoutMark(string text) => SkipsMark && LineNumber == 1 && text.StartsWith(Mark) ? text[1..] : text;

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes.Length > 3 && bytes.Count((byte)0) * 5 >= bytes.Length * 2;

    /// <summary>What parts the line into an id, a label and a path where TABs do not; null where nothing does.</summary>
    private static string? OtherSeparator(string text)
    {
        foreach (var (mark, name) in ((char, string)[])[(',', "commas"), (';', "semicolons"), (' ', "blanks")])
        {
            var fields = text.TrimStart(Mark).Split(mark, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 3 && PythonNumber.TryParseInteger(fields[0], out _) && PythonNumber.TryParseFloat(fields[1], out var _))
                return name;
        }
        return null;
    }

    private ListProblem? ParseFields(string[] fields, out ListLine? line)
    {
        line = null;
        if (fields[0].StartsWith(Mark))
            return Problem($"begins with a byte order mark (BOM) before the id {fields[0][1..]}: save the list as UTF-8 without one");
        if (!PythonNumber.TryParseInteger(fields[0], out var id))
            return Problem($"has the id '{fields[0]}', expected a whole number");
        if (id < BigInteger.Zero || id > ulong.MaxValue)
            return Problem($"has the id {Shorten(fields[0])}, expected 0 to 18446744073709551615");
        var labels = new float[fields.Length - 2];
        for (var i = 0; i < labels.Length; i++)
        {
            if (!PythonNumber.TryParseFloat(fields[i + 1], out var label))
                return Problem($"has the label '{fields[i + 1]}', expected a number");
            labels[i] = (float)label;
        }
        if (fields[^1].Contains('\0'))
            return Problem("has a path with a zero character in it, which no file name holds");
        line = new ListLine(LineNumber, (ulong)id, labels, fields[^1]);
        return null;
    }

    private ListProblem Problem(string what) => new(LineNumber, what, IsBlank: false);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    /// <summary>Finds the next line in the window; it stays there until the window is filled again.</summary>
    private bool TryNextLine(out Range line, out bool tooLong)
    {
        tooLong = false;
        SkipLineFeedOfPair();
        while (true)
        {
            var length = _bytes.AsSpan(_start, _end - _start).IndexOfAny((byte)'\n', (byte)'\r');
            if (length >= 0)
            {
                tooLong = length > LongestLineBytes;
                line = _start..(_start + length);
                Advance(length);
                return true;
            }
            if (_end - _start > LongestLineBytes)
            {
                tooLong = true;
                line = default;
                DropToLineEnd();
                return true;
            }
            if (!Fill())
            {
                line = _start.._end;
                _start = _end;
                return line.End.Value > line.Start.Value;
            }
        }
    }

    private void Advance(int length)
    {
        _afterCarriageReturn = _bytes[_start + length] == '\r';
        _start += length + 1;
    }

    private void SkipLineFeedOfPair()
    {
        if (!_afterCarriageReturn || (_start == _end && !Fill()))
            return;
        _afterCarriageReturn = false;
        if (_bytes[_start] == '\n')
            _start++;
    }

    private void DropToLineEnd()
    {
        do
        {
            var length = _bytes.AsSpan(_start, _end - _start).IndexOfAny((byte)'\n', (byte)'\r');
            if (length >= 0)
            {
                Advance(length);
                return;
            }
            _start = _end;
        }
        while (Fill());
    }

    private bool Fill()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        var read = _stream.Read(_bytes.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
