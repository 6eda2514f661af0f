namespace SockSort.Log.Kafka.Addresses;

/// <summary>Builds the errors of addresses and properties files. None of them holds a value that may be secret.</summary>
internal static class AddressErrors
{
    public static LogException NoAddress(string text) => Wrong(
        $"'{text.Split('?')[0]}' is no address of Kafka; write kafka://HOST:PORT, with ?properties=FILE for a login");

    public static LogException UserInAddress() => Wrong(
        "an address of Kafka takes no user and password, which process lists would show; put sasl.username and sasl.password into a file "
        + "and add ?properties=FILE");

    public static LogException NoKey(string part) => Wrong(
        $"'{part}' in the address of Kafka is no KEY=VALUE, as in ?properties=kafka.properties&client.id=socks");

    public static LogException SecretInAddress(string key) => Wrong(
        $"'{key}' does not belong into the address of Kafka, which process lists show; put it into a file and add ?properties=FILE");

    public static LogException Guarantee(string value) => Wrong(
        $"'{value}' is no {KafkaAddress.GuaranteeKey}; write {KafkaAddress.ExactlyOnce} or {KafkaAddress.AtLeastOnce}");

    public static LogException NoFile(string file) => new(LogErrorKind.NotFound,
        $"properties file {file} of the address of Kafka does not exist");

    public static LogException FileUnreadable(string file, Exception cause) => new(LogErrorKind.Denied,
        $"properties file {file} of the address of Kafka can't be read ({cause.Message})", cause);

    public static LogException NoProperty(string file, int line) => Wrong($"{file}:{line}: expected KEY=VALUE or a comment after '#'");

    public static LogException Jaas(string file, int line) => Wrong(
        $"{file}:{line}: sasl.jaas.config is not understood; write sasl.username=… and sasl.password=… instead");

    public static LogException KeyStore(string file, int line, string key) => Wrong(
        $"{file}:{line}: {key} is a store of Java's; export it as PEM and name that by ssl.ca.location, ssl.certificate.location and "
        + "ssl.key.location");

    public static LogException Refused(KafkaAddress address, string reason) => Wrong(
        $"{address.PropertiesFile ?? address.ToString()}: Kafka's client library refuses the settings ({reason}); its keys are those of "
        + "librdkafka's CONFIGURATION.md");

    private static LogException Wrong(string message) => new(LogErrorKind.WrongRequest, message);
}
