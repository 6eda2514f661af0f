using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Testing;

/// <summary>A certificate as a maker makes it: its own authority, which publishes no revocations.</summary>
/// <param name="File">PEM file of the certificate, for who is to trust it.</param>
/// <param name="KeyFile">PEM file of its key.</param>
public sealed record SelfSignedCertificate(string File, string KeyFile)
{
    /// <param name="folder">Takes the files.</param>
    /// <param name="name">DNS name that it is for.</param>
    /// <param name="endsInDays">Negative = it has ended.</param>
    public static SelfSignedCertificate Make(TempFolder folder, string name, int endsInDays = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-100), DateTimeOffset.UtcNow.AddDays(endsInDays));
        return new(
            folder.Write("broker.pem", certificate.ExportCertificatePem()), folder.Write("broker.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
