namespace SockSort.Sorting.Evaluation;

/// <summary>A way to count socks by a window of SQL alone.</summary>
/// <param name="Name">As the table of the evaluation shows it.</param>
/// <param name="Window">The window clause.</param>
/// <param name="KeyTailBytes">So many bytes of window follow the sock in the keys of its rows.</param>
public sealed record SqlMethod(string Name, string Window, int KeyTailBytes)
{
    /// <summary>The original's: more than three frames within five seconds are a sock.</summary>
    public static readonly SqlMethod Original = new(
        "the original's SQL (5 s windows)", "window tumbling (size 5 seconds)", KeyTailBytes: 8);

    /// <summary>The nearest that windows come to: a sock goes on until it has not been seen for two seconds.</summary>
    public static readonly SqlMethod Sessions = new("SQL with session windows (2 s)", "window session (2 seconds)", KeyTailBytes: 16);

    /// <summary>The statements, as samples/sock.ksql has them but for the window.</summary>
    public string Script => $"""
        SET 'auto.offset.reset' = 'earliest';
        create stream sock_stream(image varchar, probability double) with (kafka_topic='{SqlCounts.FramesTopic}', value_format='json');
        create table {SqlCounts.Table} as select image, WINDOWSTART as window_start from sock_stream
        {Window}
        where image != 'Blank' group by image having count(*) > 3 emit changes;
        """;
}
