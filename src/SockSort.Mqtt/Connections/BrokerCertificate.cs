using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace SockSort.Mqtt.Connections;

/// <summary>
/// Judges the certificate that a broker shows, by this machine's certificate authorities, and keeps what is wrong with it.
/// </summary>
internal sealed class BrokerCertificate(MqttEndpoint endpoint)
{
    /// <summary>What was wrong with the broker's certificate; null where it was right, or was never seen.</summary>
    public string? Problem { get; private set; }

    public bool IsRight(MqttClientCertificateValidationEventArgs seen)
    {
        Problem = seen.SslPolicyErrors == SslPolicyErrors.None ? null : string.Join("; ", Problems(seen).Distinct());
        return Problem is null;
    }

    private IEnumerable<string> Problems(MqttClientCertificateValidationEventArgs seen)
    {
        if (seen.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            yield return "it shows none";
        if (seen.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            yield return $"it is for {seen.Certificate.Subject}, not for '{endpoint.Host}': use the name that it is for";
        if (!seen.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            yield break;
        foreach (var status in seen.Chain.ChainStatus)
            yield return status.StatusInformation.TrimEnd('.', '\n') + AdviceFor(status.Status, seen.Certificate);
        if (seen.Chain.ChainStatus.Length == 0)
            yield return "no reason is given";
    }

    private static string AdviceFor(X509ChainStatusFlags status, X509Certificate certificate)
    {
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return $": it is good from {certificate.GetEffectiveDateString()} to {certificate.GetExpirationDateString()}; renew it at the "
                + "broker, or put this machine's clock right";
        }
        return (status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) == 0
            ? ""
            : ": add its authority to this machine's, or on Linux name its file in SSL_CERT_FILE";
    }
}
