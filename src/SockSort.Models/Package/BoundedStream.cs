namespace SockSort.Models.Package;

/// <summary>Reads at most so many bytes of another stream; the next one is an error.</summary>
/// <param name="inner">Stays open.</param>
/// <param name="mostBytes">That may be read.</param>
/// <param name="tooMany">Made when there are more.</param>
internal sealed class BoundedStream(Stream inner, long mostBytes, Func<Exception> tooMany) : Stream
{
    private long _readBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _readBytes;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _readBytes += read;
        return _readBytes <= mostBytes ? read : throw tooMany();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
