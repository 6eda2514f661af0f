namespace SockSort.Deploy.Flink.Gateway;

/// <summary>A job as Flink tells it.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="State">As Flink names it: <c>RUNNING</c>, <c>RESTARTING</c>, <c>FAILED</c>, …</param>
/// <param name="Started">When it was submitted, in a form that sorts by time.</param>
internal sealed record FlinkJobStatus(string Id, string Name, string State, string Started)
{
    public const string Running = "RUNNING";
    public const string Failed = "FAILED";

    /// <summary>Whether a job in this state has failed, once at least: with checkpoints Flink starts it again and again.</summary>
    public static bool Fails(string state) => state is Failed or "FAILING" or "RESTARTING";

    /// <summary>Whether it works, or may come to.</summary>
    public bool IsAlive => State is not (Failed or "CANCELED" or "FINISHED" or "SUSPENDED");
}
