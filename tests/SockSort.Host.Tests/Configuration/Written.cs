using System.Text;
using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Secrets;

namespace SockSort.Host.Tests.Configuration;

/// <summary>Configurations as a user writes them, into a file <c>socksort.yaml</c> of the folder <c>/etc/socksort</c>.</summary>
internal static class Written
{
    public static ConfigurationResult Read(string text, Func<SecretReference, SecretResolution>? secrets = null) =>
        Read(Encoding.UTF8.GetBytes(text), secrets);

    public static ConfigurationResult Read(byte[] bytes, Func<SecretReference, SecretResolution>? secrets = null) =>
        ConfigurationReader.Read(bytes, "socksort.yaml", "/etc/socksort", secrets ?? NoSecrets);

    /// <summary>The mistakes as they are shown.</summary>
    public static IEnumerable<string> Mistakes(string text, Func<SecretReference, SecretResolution>? secrets = null) =>
        Read(text, secrets).Mistakes.Select(mistake => mistake.ToString());

    private static SecretResolution NoSecrets(SecretReference reference) =>
        SecretResolution.Missing($"asks for {reference.Name}, which these tests do not have");
}
