namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>Messages of one run with both consecutive sequence numbers and consecutive positions in the buffer.</summary>
internal readonly record struct StampedRange(string Run, long FirstSeq, long FirstPosition, long Count)
{
    public long LastSeq => FirstSeq + Count - 1;

    public long LastPosition => FirstPosition + Count - 1;

    public bool IsFollowedBy(MessageStamp stamp, long position) =>
        stamp.Run == Run && stamp.Seq == LastSeq + 1 && position == LastPosition + 1;

    public long PositionOf(long seq) => FirstPosition + seq - FirstSeq;
}
