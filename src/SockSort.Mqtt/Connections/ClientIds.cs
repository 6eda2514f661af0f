using System.Security.Cryptography;

namespace SockSort.Mqtt.Connections;

/// <summary>Names for clients that need none of their own.</summary>
internal static class ClientIds
{
    // [MQTT-3.1.3-5]: every broker takes 23 letters and digits; one of MQTT 3.1 takes no more.
    private const int MostCharacters = 23;
    private const string Prefix = "socksort";

    public static string Make() => Prefix + RandomNumberGenerator.GetHexString(MostCharacters - Prefix.Length, lowercase: true);
}
