using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The generated certificate for servers that do not use HTTP. It is the same one as for HTTP, so that users trust it only once.
/// </summary>
public static class MachineCertificate
{
    private const string TrustFileName = "trust.crt";

    /// <param name="folder">Stores certificate and key; created if it does not exist.</param>
    /// <param name="listen">
    /// The address that the server listens on; beyond loopback the certificate covers all names and addresses of the machine.
    /// </param>
    /// <returns>The certificate with its key, and a PEM file without the key for clients that are to trust it.</returns>
    /// <exception cref="ListeningException">The folder cannot be written.</exception>
    public static (X509Certificate2 Certificate, string TrustFile) LoadOrMake(string folder, IPAddress listen)
    {
        var certificate = OwnCertificate.LoadOrCreate(folder, CertificateNames.For(listen), TimeProvider.System);
        var trustFile = Path.Combine(folder, TrustFileName);
        try
        {
            File.WriteAllText(trustFile, certificate.ExportCertificatePem() + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ListeningErrors.CertificateFolder(folder, error);
        }
        return (certificate, trustFile);
    }
}
