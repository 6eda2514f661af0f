using System.Text.RegularExpressions;
using SockSort.Shared;

namespace SockSort.Log.Kafka.Addresses;

/// <summary>Reads a file of client properties, librdkafka's own or that of Kafka's Java tools.</summary>
/// <remarks>
/// Both name most things alike, and a backslash at the end of a line joins the next one; anywhere else it is itself. The login of Java's
/// <c>sasl.jaas.config</c> becomes <c>sasl.username</c> and <c>sasl.password</c>; stores of Java's are refused with what to do.
/// </remarks>
internal static partial class PropertiesFileReader
{
    private static readonly string[] JavaStores = ["ssl.truststore.", "ssl.keystore.type"];

    /// <exception cref="LogException">The file is absent or can't be read, or a line is wrong.</exception>
    public static Dictionary<string, string> Read(string file)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in PropertiesFile.Lines(TextOf(file)))
            Add(properties, line, file, number);
        return properties;
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw AddressErrors.NoFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AddressErrors.FileUnreadable(file, error);
        }
    }

    private static void Add(Dictionary<string, string> properties, string text, string file, int line)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw AddressErrors.NoProperty(file, line);
        var (key, value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        if (key == "sasl.jaas.config")
            AddLogin(properties, value, file, line);
        else if (JavaStores.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            throw AddressErrors.KeyStore(file, line, key);
        else
            properties[key] = value;
    }

    private static void AddLogin(Dictionary<string, string> properties, string jaas, string file, int line)
    {
        var (user, password) = (User().Match(jaas), Password().Match(jaas));
        if (!user.Success || !password.Success)
            throw AddressErrors.Jaas(file, line);
        properties["sasl.username"] = user.Groups[1].Value;
        properties["sasl.password"] = password.Groups[1].Value;
    }

    [GeneratedRegex("""\busername\s*=\s*"([^"]*)""")]
    private static partial Regex User();

    [GeneratedRegex("""\bpassword\s*=\s*"([^"]*)""")]
    private static partial Regex Password();
}
