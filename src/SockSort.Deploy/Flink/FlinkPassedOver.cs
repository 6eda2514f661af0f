namespace SockSort.Deploy.Flink;

/// <summary>A statement of the script that makes no job.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="What">Kind and name of what it makes.</param>
/// <param name="Reason">Why nothing is submitted for it.</param>
internal sealed record FlinkPassedOver(int Line, string What, string Reason);
