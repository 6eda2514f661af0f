using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.LiveView;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

public sealed class LiveViewCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_certificate_is_for_this_machine_and_for_servers_only()
    {
        using var certificate = LiveViewCertificate.LoadOrCreate(folder: null, _time);

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([.. new[] { "localhost", Dns.GetHostName() }.Distinct()], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
        Assert.Equal("ECC", certificate.PublicKey.Oid.FriendlyName);
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal("1.3.6.1.5.5.7.3.1", certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        Assert.Equal(
            (_time.GetUtcNow().AddDays(-1).UtcDateTime, _time.GetUtcNow().AddDays(819).UtcDateTime),
            (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void The_certificate_is_kept_where_only_its_owner_reads_it()
    {
        var folder = _folder.File("keys");

        using var first = LiveViewCertificate.LoadOrCreate(folder, _time);
        using var second = LiveViewCertificate.LoadOrCreate(folder, _time);

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(second.HasPrivateKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "live-view.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void A_certificate_that_ends_within_a_month_is_made_anew()
    {
        using var first = LiveViewCertificate.LoadOrCreate(_folder.Path, _time);

        _time.Advance(TimeSpan.FromDays(800));
        using var second = LiveViewCertificate.LoadOrCreate(_folder.Path, _time);

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void A_certificate_file_that_is_cut_off_is_made_anew()
    {
        using var first = LiveViewCertificate.LoadOrCreate(_folder.Path, _time);
        var path = _folder.File("live-view.pem");
        File.WriteAllText(path, File.ReadAllText(path)[..300]);

        using var second = LiveViewCertificate.LoadOrCreate(_folder.Path, _time);

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error()
    {
        var file = _folder.Write("file", "in the way");

        var error = Assert.Throws<LiveViewException>(() => LiveViewCertificate.LoadOrCreate(file, _time));

        Assert.StartsWith($"the certificate of the live view cannot be kept in {file}: ", error.Message);
    }
}
