namespace SockSort.Edge.Kept;

/// <summary>Frames of the last minutes, by the <c>run</c> and <c>seq</c> of their messages. Thread-safe.</summary>
public interface IKeptFrames
{
    /// <summary>What is kept now.</summary>
    KeptFrameCounts Counts { get; }

    /// <summary>
    /// Returns the frame whose message carries this run and number; null if it has made room for newer ones, or never was. A frame is here
    /// a few milliseconds after its message was published.
    /// </summary>
    KeptFrame? Find(string run, long seq);
}
