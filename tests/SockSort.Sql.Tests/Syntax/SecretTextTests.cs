using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Tests.Syntax;

public class SecretTextTests
{
    [Theory]
    [InlineData("'mqtt.password'='drawer-7', 'b'='c'", "'mqtt.password'='********', 'b'='c'")]
    [InlineData("\"MQTT.PassWord\" = 'drawer''7'", "\"MQTT.PassWord\" = '*********'")]
    [InlineData("`sasl.jaas.config`='a\nb\r\nc' x", "`sasl.jaas.config`='*\n*\r\n*' x")]
    [InlineData("mqtt.password = 'drawer-7')", "mqtt.password = '********')")]
    [InlineData("'mqtt.password' = 123456, 'b'='c'", "'mqtt.password' = ******, 'b'='c'")]
    [InlineData("'mqtt.password' == 'drawer-7'", "'mqtt.password' == '********'")]
    [InlineData("'mqtt.password' 'drawer-7'", "'mqtt.password' '********'")]
    [InlineData("'mqtt.password'='drawer-7);", "'mqtt.password'='**********")]
    [InlineData(
        "'mqtt.server.uri'='tcp://ann:dr@wer#7/@host:1883', 'b'='c@d'", "'mqtt.server.uri'='tcp://ann:*********@host:1883', 'b'='c@d'")]
    [InlineData("'mqtt.server.uri'='tcp://host:1883/a', 'b'='c@d'", "'mqtt.server.uri'='tcp://host:1883/a', 'b'='c@d'")]
    [InlineData("'mqtt.server.uri' = 'tcp://a:b''c@h1,tcp://d:e@h2);", "'mqtt.server.uri' = 'tcp://a:*****************@h2);")]
    [InlineData("'mqtt.topics'='sockfound', 'kafka.topic'='data_mqtt'", "'mqtt.topics'='sockfound', 'kafka.topic'='data_mqtt'")]
    [InlineData("SELECT image FROM socks WHERE image = 'red';", "SELECT image FROM socks WHERE image = 'red';")]
    public void Values_of_settings_that_are_secret_are_asterisks(string written, string shown) =>
        Assert.Equal(shown, SecretText.Hide(written));

    [Theory]
    [InlineData("mqtt.password", "drawer-7", "********")]
    [InlineData("mqtt.server.uri", "mqtts://ann:drawer@host", "mqtts://ann:******@host")]
    [InlineData("mqtt.server.uri", "mqtts://ann@host", "mqtts://ann@host")]
    public void A_setting_is_shown_without_its_secret(string name, string value, string shown) =>
        Assert.Equal(shown, SecretText.Shown(name, value));

    [Theory]
    [InlineData("CREATE SOURCE CONNECTOR c WITH ('mqtt.password' 'drawer-7');")]
    [InlineData("CREATE SOURCE CONNECTOR c WITH ('mqtt.password'='drawer-7);")]
    [InlineData("CREATE SOURCE CONNECTOR c WITH ('mqtt.password'='drawer-7') SOON;")]
    [InlineData("CREATE SOURCE CONECTOR c WITH ('mqtt.password'='drawer-7');")]
    public void A_mistake_in_a_statement_does_not_show_them(string statement)
    {
        var error = Assert.Throws<SqlException>(() => SqlParser.Parse(new SourceText("test", statement)));

        Assert.DoesNotContain("drawer-7", error.Message);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("'token ")]
    [InlineData("token=")]
    [InlineData("a://b:")]
    [InlineData("a")]
    public void A_long_text_full_of_their_names_takes_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000));

        Assert.Equal(text.Length, SecretText.Hide(text).Length);
    }
}
