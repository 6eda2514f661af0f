using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// A password as Mosquitto's password files keep it: <c>$7$iterations$salt$hash</c> (PBKDF2 with SHA-512) or the older
/// <c>$6$salt$hash</c> (SHA-512); salt and hash in Base64.
/// </summary>
/// <remarks>Source: Mosquitto 2.0's <c>mosquitto_passwd</c>; a test holds it against that program.</remarks>
internal sealed class PasswordHash
{
    // A quarter of OWASP's figure for PBKDF2 with SHA-512, since small machines log in by programs, not by people, and guessing is
    // slowed down besides; mosquitto_passwd's own is 101.
    private const int NewIterations = 50_000;

    // A file must not be able to hold the broker up for minutes.
    private const int MostIterations = 10_000_000;

    // Mosquitto 2.0 takes no other length.
    private const int SaltBytes = 12;
    private const int HashBytes = 64;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (Iterations, _salt, _hash) = (iterations, salt, hash);

    /// <summary>Rounds of hashing; 0 for the older form.</summary>
    public int Iterations { get; }

    /// <summary>Hashes a password with a salt of its own.</summary>
    public static PasswordHash Of(string password, int iterations = NewIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Hash(password, salt, iterations));
    }

    /// <summary>Reads a hash as a password file holds it; null where it has neither of the two forms.</summary>
    public static PasswordHash? TryParse(string text)
    {
        var parts = text.Split('$');
        var iterations = 0;
        var isNew = parts is ["", "7", _, _, _]
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out iterations)
            && iterations is > 0 and <= MostIterations;
        if (!isNew && parts is not ["", "6", _, _])
            return null;
        var salt = TryDecode(parts[^2]);
        var hash = TryDecode(parts[^1]);
        return salt is { Length: > 0 } && hash is { Length: HashBytes } ? new PasswordHash(iterations, salt, hash) : null;
    }

    /// <summary>Whether this is the password; compared in a time that does not tell how much of it was right.</summary>
    public bool Is(string password) => CryptographicOperations.FixedTimeEquals(Hash(password, _salt, Iterations), _hash);

    public override string ToString()
    {
        var (salt, hash) = (Convert.ToBase64String(_salt), Convert.ToBase64String(_hash));
        return Iterations == 0 ? $"$6${salt}${hash}" : $"$7${Iterations}${salt}${hash}";
    }

    private static byte[] Hash(string password, byte[] salt, int iterations)
    {
        var utf8 = Encoding.UTF8.GetBytes(password);
        return iterations == 0
            ? SHA512.HashData([.. utf8, .. salt])
            : Rfc2898DeriveBytes.Pbkdf2(utf8, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
    }

    private static byte[]? TryDecode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
