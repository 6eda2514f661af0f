using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Addresses;

public sealed class KafkaAddressTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kafka://desk:19092", "desk:19092")]
    [InlineData("kafka://desk", "desk:9092")]
    [InlineData("kafka://[::1]:9092", "[::1]:9092")]
    [InlineData("KAFKA://a:1,b,c:3/", "a:1,b:9092,c:3")]
    public void Hosts_have_a_port_and_several_are_parted_by_commas(string text, string servers)
    {
        var address = KafkaAddress.Parse(text);

        Assert.Equal((servers, $"kafka://{servers}"), (address.Servers, address.ToString()));
    }

    [Theory]
    [InlineData("localhost:9092")]
    [InlineData("kafka://")]
    [InlineData("kafka://desk:port")]
    [InlineData("kafka://desk:0")]
    [InlineData("kafka://desk,,other")]
    public void What_is_no_address_is_shown_with_what_would_be_one(string text)
    {
        var error = Assert.Throws<LogException>(() => KafkaAddress.Parse(text));

        Assert.Equal($"'{text}' is no address of Kafka; write kafka://HOST:PORT, with ?properties=FILE for a login", error.Message);
        Assert.True(error.IsRequest);
    }

    [Theory]
    [InlineData("kafka://desk", false)]
    [InlineData("kafka://desk?processing.guarantee=exactly_once", false)]
    [InlineData("kafka://desk?processing.guarantee=at_least_once", true)]
    public void The_guarantee_is_no_key_of_the_library(string text, bool isAtLeastOnce)
    {
        var address = KafkaAddress.Parse(text);

        Assert.Equal(isAtLeastOnce, address.IsAtLeastOnce);
        Assert.Empty(address.Properties);
    }

    [Fact]
    public void Another_guarantee_is_told_with_those_that_there_are()
    {
        var error = Assert.Throws<LogException>(() => KafkaAddress.Parse("kafka://desk?processing.guarantee=often"));

        Assert.Equal("'often' is no processing.guarantee; write exactly_once or at_least_once", error.Message);
    }

    [Fact]
    public void Keys_of_the_address_go_before_those_of_the_file()
    {
        var file = _folder.Write("kafka.properties", """
            # of the laundry
            security.protocol=SASL_PLAINTEXT
            client.id = desk
            sasl.password=a=b
            """);

        var address = KafkaAddress.Parse($"kafka://desk?properties={file}&client.id=left%20desk");

        Assert.Equal(
            ["client.id=left desk", "sasl.password=a=b", "security.protocol=SASL_PLAINTEXT"],
            address.Properties.Select(property => $"{property.Key}={property.Value}").Order());
        Assert.Equal("kafka://desk:9092", address.ToString());
    }

    [Fact]
    public void The_login_of_Javas_tools_is_understood()
    {
        var file = _folder.Write("client.properties", """
            sasl.mechanism=PLAIN
            sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
              username="sock" \
              password="sock-secret";
            """);

        var properties = KafkaAddress.Parse($"kafka://desk?properties={file}").Properties;

        Assert.Equal(
            ("PLAIN", "sock", "sock-secret"), (properties["sasl.mechanism"], properties["sasl.username"], properties["sasl.password"]));
    }

    [Theory]
    [InlineData("sasl.password", "hidden")]
    [InlineData("ssl.key.password", "hidden")]
    [InlineData("sasl.oauthbearer.client.secret", "hidden")]
    public void A_secret_in_the_address_is_refused_without_being_shown(string key, string secret)
    {
        var error = Assert.Throws<LogException>(() => KafkaAddress.Parse($"kafka://desk?{key}={secret}"));

        Assert.Equal(
            $"'{key}' does not belong into the address of Kafka, which process lists show; put it into a file and add ?properties=FILE",
            error.Message);
    }

    [Fact]
    public void A_user_in_the_address_is_refused_without_being_shown()
    {
        var error = Assert.Throws<LogException>(() => KafkaAddress.Parse("kafka://sock:hidden@desk:9092"));

        Assert.Equal(
            "an address of Kafka takes no user and password, which process lists would show; put sasl.username and sasl.password into a "
            + "file and add ?properties=FILE",
            error.Message);
    }

    [Theory]
    [InlineData("sasl.password", "2: expected KEY=VALUE or a comment after '#'")]
    [InlineData("ssl.truststore.location=/etc/trust.jks", "2: ssl.truststore.location is a store of Java's; export it as PEM and name that "
        + "by ssl.ca.location, ssl.certificate.location and ssl.key.location")]
    [InlineData("sasl.jaas.config=Krb5LoginModule required;", "2: sasl.jaas.config is not understood; write sasl.username=… and "
        + "sasl.password=… instead")]
    public void A_line_of_the_file_that_is_wrong_is_named(string line, string expected)
    {
        var file = _folder.Write("kafka.properties", $"client.id=desk\n{line}\n");

        var error = Assert.Throws<LogException>(() => KafkaAddress.Parse($"kafka://desk?properties={file}"));

        Assert.Equal($"{file}:{expected}", error.Message);
    }

    [Fact]
    public void An_absent_file_is_named()
    {
        var file = _folder.File("none");

        var error = Assert.Throws<LogException>(() => KafkaAddress.Parse($"kafka://desk?properties={file}"));

        Assert.Equal(
            (LogErrorKind.NotFound, $"properties file {file} of the address of Kafka does not exist"), (error.Kind, error.Message));
    }
}
