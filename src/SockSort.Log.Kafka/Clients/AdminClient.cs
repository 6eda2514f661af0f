using Confluent.Kafka;
using SockSort.Log.Kafka.Addresses;

namespace SockSort.Log.Kafka.Clients;

/// <summary>The handle for requests about topics, groups and settings; disposing of it waits for those that are on.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly IAdminClient _client;
    private readonly OpenCalls _calls;

    /// <exception cref="LogException">The library refuses the settings.</exception>
    public AdminClient(KafkaAddress address, ClientSettings settings, BrokerNews news, KafkaErrors errors)
    {
        _calls = new OpenCalls(errors);
        try
        {
            _client = new AdminClientBuilder(settings.Admin())
                .SetErrorHandler((_, error) => news.Take(error)).SetLogHandler((_, _) => { }).Build();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or KafkaException)
        {
            throw AddressErrors.Refused(address, error.Message);
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="LogException">The log is closed.</exception>
    /// <exception cref="KafkaException">The brokers refuse, or do not answer.</exception>
    public T Ask<T>(Func<IAdminClient, Task<T>> question) => _calls.Do(() => question(_client).GetAwaiter().GetResult());

    /// <inheritdoc cref="Ask{T}"/>
    public Metadata Metadata() => _calls.Do(() => _client.GetMetadata(ClientSettings.Patience));

    public void Dispose()
    {
        _calls.Close();
        _client.Dispose();
    }
}
