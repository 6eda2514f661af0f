using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using SockSort.Host.Listening;
using SockSort.Host.Listening.Certificates;
using SockSort.Testing;

namespace SockSort.Host.Tests.Listening.Certificates;

public sealed class OwnCertificateTests : IDisposable
{
    private static readonly CertificateNames Names = new(["localhost"], [IPAddress.Loopback]);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_certificate_is_for_this_machine_and_for_servers_only()
    {
        using var certificate = OwnCertificate.LoadOrCreate(folder: null, CertificateNames.For(IPAddress.Loopback), _time);

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([.. new[] { "localhost", Dns.GetHostName() }.Distinct()], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
        Assert.Equal("ECC", certificate.PublicKey.Oid.FriendlyName);
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(
            "1.3.6.1.5.5.7.3.1", certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        Assert.Equal(
            (_time.GetUtcNow().AddDays(-1).UtcDateTime, _time.GetUtcNow().AddDays(819).UtcDateTime),
            (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void The_certificate_is_kept_where_only_its_owner_reads_it()
    {
        var folder = _folder.File("keys");

        using var first = OwnCertificate.LoadOrCreate(folder, Names, _time);
        using var second = OwnCertificate.LoadOrCreate(folder, Names, _time);

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(second.HasPrivateKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "live-view.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void A_certificate_beyond_this_machine_is_for_its_names_and_for_the_addresses_of_its_networks()
    {
        using var certificate = OwnCertificate.LoadOrCreate(folder: null, CertificateNames.For(IPAddress.Any), _time);

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        var host = Dns.GetHostName().Split('.')[0];
        Assert.Superset(new HashSet<string> { "localhost", host, $"{host}.local" }, names.EnumerateDnsNames().ToHashSet());
        Assert.DoesNotContain(names.EnumerateDnsNames(), name => name.EndsWith('.') || name.Contains('('));
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(entry => entry.Address).Where(address => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork);
        Assert.Superset(own.ToHashSet(), names.EnumerateIPAddresses().ToHashSet());
    }

    [Fact]
    public void Given_a_name_or_an_address_that_is_new_expect_a_new_certificate_with_the_same_key()
    {
        using var first = OwnCertificate.LoadOrCreate(_folder.Path, Names, _time);

        using var second = OwnCertificate.LoadOrCreate(
            _folder.Path, Names with { Addresses = [IPAddress.Loopback, IPAddress.Parse("192.0.2.7")] }, _time);
        using var third = OwnCertificate.LoadOrCreate(_folder.Path, Names, _time);

        Assert.True(second.MatchesHostname("192.0.2.7"));
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.Equal(first.GetPublicKeyString(), second.GetPublicKeyString());
        Assert.Equal(second.Thumbprint, third.Thumbprint);
    }

    [Fact]
    public void Given_a_machine_that_gets_another_address_while_it_serves_expect_a_certificate_for_it_with_the_same_key_and_a_note()
    {
        List<string> notes = [];
        var names = Names;
        var options = new WebListening
        {
            Addresses = [new(IPAddress.Any, 0, IsTls: true)],
            CertificateFolder = _folder.Path,
            Words = new ListeningWords { Surface = "the live view" },
            Note = notes.Add,
            Time = _time,
        };
        using var served = ServedCertificate.Open(options, () => names);
        var first = served.For(IPAddress.Loopback);

        names = Names with { Addresses = [IPAddress.Loopback, IPAddress.Parse("192.0.2.7")] };
        var second = served.For(IPAddress.Parse("192.0.2.7"));
        var third = served.For(IPAddress.Parse("192.0.2.7"));

        Assert.True(second.MatchesHostname("192.0.2.7"));
        Assert.Equal((first.GetPublicKeyString(), second.Thumbprint), (second.GetPublicKeyString(), third.Thumbprint));
        Assert.Equal([$"the live view's certificate is a new one, for another address of this machine: SHA-256 {served.Sha256}"], notes);
    }

    [Fact]
    public void A_certificate_that_ends_within_a_month_is_made_anew()
    {
        using var first = OwnCertificate.LoadOrCreate(_folder.Path, Names, _time);

        _time.Advance(TimeSpan.FromDays(800));
        using var second = OwnCertificate.LoadOrCreate(_folder.Path, Names, _time);

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void A_certificate_file_that_is_cut_off_is_made_anew()
    {
        using var first = OwnCertificate.LoadOrCreate(_folder.Path, Names, _time);
        var path = _folder.File("live-view.pem");
        File.WriteAllText(path, File.ReadAllText(path)[..300]);

        using var second = OwnCertificate.LoadOrCreate(_folder.Path, Names, _time);

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error()
    {
        var file = _folder.Write("file", "in the way");

        var error = Assert.Throws<ListeningException>(() => OwnCertificate.LoadOrCreate(file, Names, _time));

        Assert.StartsWith($"the program's own certificate cannot be kept in {file}: ", error.Message);
    }
}
