using MQTTnet;

namespace SockSort.Mqtt;

/// <summary>Why an attempt to connect came to nothing.</summary>
/// <param name="Version">The version it was made in.</param>
/// <param name="Error">What the library has thrown; null where the broker has answered.</param>
/// <param name="Result">The broker's answer, if any.</param>
/// <param name="Code">The answer's code as the broker has sent it; null without one.</param>
/// <param name="Problem">What is wrong with the certificate; null else.</param>
internal sealed record ConnectFailure(
    ConnectEnd End, MqttVersion Version, Exception? Error, MqttClientConnectResult? Result = null, int? Code = null, string? Problem = null)
{
    /// <summary>Whether a broker that speaks only another version ends an attempt so, among others.</summary>
    public bool MayBeTheVersion => End is ConnectEnd.WrongVersion or ConnectEnd.Closed or ConnectEnd.Silent;
}
