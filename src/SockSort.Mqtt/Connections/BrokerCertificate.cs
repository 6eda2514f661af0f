using System.Net.Security;
using MQTTnet;

namespace SockSort.Mqtt;

/// <summary>Judges the certificate that a broker shows, by this machine's certificate authorities, and keeps what is wrong with it.</summary>
internal sealed class BrokerCertificate(MqttEndpoint endpoint)
{
    /// <summary>Null where it was right, or was never seen.</summary>
    public string? Problem { get; private set; }

    public bool IsRight(MqttClientCertificateValidationEventArgs seen)
    {
        Problem = seen.SslPolicyErrors switch
        {
            SslPolicyErrors.None => null,
            var errors when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "it shows none",
            var errors when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => $"it is not for '{endpoint.Host}' (subject {seen.Certificate.Subject})",
            _ => string.Join(", ", seen.Chain.ChainStatus.Select(status => status.StatusInformation.TrimEnd('.', '\n')).Distinct()),
        };
        return Problem is null;
    }
}
