using SockSort.Cli.Brokers;
using SockSort.Mqtt;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Brokers;

public sealed class BrokerCredentialsTests
{
    [Fact]
    public void A_run_with_another_broker_leaves_the_password_of_the_demos_own_as_it_is()
    {
        using var data = new TempFolder();
        var own = BrokerCredentials.ReadOrMake(data.Path);
        BrokerCredentials.Write(
            BrokerCredentials.FolderIn(data.Path, isOwn: true), MqttEndpoint.Parse("mqtt://127.0.0.1:1883", own.User, own.Password));

        BrokerCredentials.Write(
            BrokerCredentials.FolderIn(data.Path, isOwn: false), MqttEndpoint.Parse("mqtt://example.org:1883", "me", "mine"));

        Assert.Equal(own, BrokerCredentials.ReadOrMake(data.Path));
    }
}
