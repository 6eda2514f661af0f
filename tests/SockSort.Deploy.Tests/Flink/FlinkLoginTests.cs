using SockSort.Deploy.Flink;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>How Flink's tables log in to Kafka, and what people see of it.</summary>
public sealed class FlinkLoginTests : IDisposable
{
    private const string Script = """
        CREATE STREAM socks (image VARCHAR) WITH (kafka_topic='socks', value_format='json', partitions=1);
        CREATE STREAM sure AS SELECT * FROM socks EMIT CHANGES;
        """;

    private const string Plain =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"sock\" password=\"it's mine\";";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Its_keys_are_options_of_each_table_and_secrets_are_in_what_is_sent_alone()
    {
        var program = Translate(Login($"""
            # as for kafka-console-consumer
            bootstrap.servers=desk:9092
            security.protocol=SASL_SSL
            sasl.mechanism=PLAIN
            sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
              username="sock" \
              password="it's mine";
            ssl.truststore.location=/etc/kafka/trust.pem
            ssl.key.password=also
            """));

        Assert.True(program.HidesSecrets);
        Assert.DoesNotContain(program.Statements, text => text.Contains("mine") || text.Contains("also"));
        Assert.Equal(2, program.Tables.Count);
        Assert.All(program.Tables, table => Assert.Contains("""
              'properties.bootstrap.servers' = 'kafka:9092',
              'value.format' = 'json',
              'properties.sasl.jaas.config' = '***',
              'properties.sasl.mechanism' = 'PLAIN',
              'properties.security.protocol' = 'SASL_SSL',
              'properties.ssl.key.password' = '***',
              'properties.ssl.truststore.location' = '/etc/kafka/trust.pem'
            """, table));
        Assert.All(program.Tables, table =>
        {
            var sent = program.Login.Filled(table);
            Assert.Contains($"'properties.sasl.jaas.config' = '{Plain.Replace("'", "''")}',", sent);
            Assert.Contains("'properties.ssl.key.password' = 'also',", sent);
            Assert.DoesNotContain("***", sent);
        });
    }

    [Fact]
    public void A_secret_that_lies_on_Flinks_machines_is_named_by_its_place()
    {
        var program = Translate(Login("""
            config.providers=file
            sasl.jaas.config=${file:/etc/kafka/login.properties:jaas}
            """));

        Assert.False(program.HidesSecrets);
        Assert.All(
            program.Tables,
            table => Assert.Contains("'properties.sasl.jaas.config' = '${file:/etc/kafka/login.properties:jaas}'", table));
    }

    [Fact]
    public void Another_password_makes_no_other_job_and_another_protocol_does()
    {
        var (one, other, third) = (Named("SASL_SSL", "a"), Named("SASL_SSL", "b"), Named("SASL_PLAINTEXT", "a"));

        Assert.Equal(one, other);
        Assert.NotEqual(one, third);
    }

    [Theory]
    [InlineData("group.id=socks", "'group.id' is no key of a login (security.protocol, sasl.…, ssl.…, config.providers…); how topics are "
        + "read and written the script says: take the line out")]
    [InlineData("sasl.password=secret", "'sasl.password' is librdkafka's; Flink has Kafka's Java client, which calls it sasl.jaas.config")]
    [InlineData("ssl.ca.location=/ca.pem", "'ssl.ca.location' is librdkafka's; Flink has Kafka's Java client, which calls it "
        + "ssl.truststore.location (and ssl.truststore.type=PEM)")]
    public void What_is_no_key_of_a_login_in_Java_is_named_without_its_value(string line, string problem)
    {
        var file = _temp.Write("kafka.properties", line);

        var error = Assert.Throws<DeployException>(() => FlinkLogin.Read(file));

        Assert.Equal((DeployErrorKind.File, $"--kafka-properties: {file}: {problem}"), (error.Kind, error.Message));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var error = Assert.Throws<DeployException>(() => FlinkLogin.Read(_temp.File("none")));

        Assert.StartsWith($"--kafka-properties: {_temp.File("none")} cannot be read: ", error.Message);
    }

    private string Named(string protocol, string password) =>
        Translate(Login($"security.protocol={protocol}\nssl.key.password={password}")).Jobs[0].Name;

    private FlinkLogin Login(string text) => FlinkLogin.Read(_temp.Write("kafka.properties", text));

    private static FlinkProgram Translate(FlinkLogin login) =>
        FlinkTranslation.Of(KsqlScript.Read(new SourceText("socks.ksql", Script)), "kafka:9092", TimeSpan.Zero, login);
}
