using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Cli.Output;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening;
using SockSort.Mqtt;

namespace SockSort.Cli.Brokers;

/// <summary>The options for the addresses and users of an embedded broker.</summary>
internal sealed class BrokerArguments
{
    private const int MostRate = 1_000_000;
    private const string PlainWarning = "speaks plain text: whoever is on the way reads passwords and messages";

    private readonly Option<string[]> _listen = new("--mqtt-listen")
    {
        Description = "Be an MQTT broker there (0.0.0.0 = all addresses; port 1883, with TLS 8883; ws:// or wss:// for WebSockets, port "
            + "9001), beyond this machine only with users; may be given several times",
        DefaultValueFactory = _ => [],
        HelpName = "[ws://]ADDRESS[:PORT]",
    };

    private readonly Option<FileInfo?> _users = new("--mqtt-users")
    {
        Description = "Password file of the broker's users, as 'socksort mqtt-passwd' or mosquitto_passwd writes it",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _rights = new("--mqtt-acl")
    {
        Description = "File of the rights of these users to topics, as Mosquitto's acl_file; by default every user may all",
        HelpName = "FILE",
    };

    private readonly Option<int> _clientRate = new Option<int>("--mqtt-client-rate")
    {
        Description = "Messages a second of one client: one that sends more is read more slowly; 0 = no limit",
        HelpName = "N",
    }.Within(0, MostRate);

    private readonly Option<int> _connectionRate = new Option<int>("--mqtt-connection-rate")
    {
        Description = "New connections a second of one address: further ones wait; 0 = no limit",
        HelpName = "N",
    }.Within(0, MostRate);

    private readonly Option<FileInfo?> _certificate = new("--mqtt-certificate")
    {
        Description = "PEM file of the broker's certificate, with what leads to its authority and its key; "
            + "by default one is made and kept in the data folder",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _key = new("--mqtt-key")
    {
        Description = "PEM file of that certificate's key, where it stands in a file of its own",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noTls = new("--mqtt-no-tls")
    {
        Description = "Speak plain text beyond this machine too: whoever is on the way reads passwords and messages",
    };

    /// <param name="inPlaceOfIt">The option that names an external broker, which excludes the embedded one.</param>
    public void AddTo(Command command, Option? inPlaceOfIt = null)
    {
        foreach (var option in new Option[] { _listen, _users, _rights, _clientRate, _connectionRate, _certificate, _key, _noTls })
            command.Options.Add(option);
        command.Validators.Add(line =>
        {
            foreach (var mistake in Mistakes(line, inPlaceOfIt))
                line.AddError(mistake);
        });
    }

    /// <summary>The requested broker; null if none is requested. Warns if passwords would cross the network in plain text.</summary>
    /// <param name="data">The folder that stores the generated certificate.</param>
    /// <exception cref="MqttException">The password file or the file of rights cannot be used.</exception>
    /// <exception cref="ListeningException">The certificate cannot be used or created.</exception>
    public BrokerSetup? Of(ParseResult line, string data)
    {
        var addresses = line.GetRequiredValue(_listen).Select(text => BrokerListenAddress.TryParse(text)!).ToList();
        if (addresses.Count == 0)
            return null;
        var broker = new BrokerConfiguration
        {
            Listen = addresses,
            Users = line.GetValue(_users)?.FullName,
            Rights = line.GetValue(_rights)?.FullName,
            ClientRate = line.GetValue(_clientRate),
            ConnectionRate = line.GetValue(_connectionRate),
            Certificate = line.GetValue(_certificate)?.FullName,
            Key = line.GetValue(_key)?.FullName,
            Tls = !line.GetValue(_noTls),
        };
        var setup = BrokerSetup.Of(broker, data, "--mqtt-");
        foreach (var open in addresses.Where(address => address.IsBeyondLoopback && !BrokerSetup.IsSecure(broker, address)))
            line.InvocationConfiguration.Error.WriteLine($"WARNING: the broker on {open.Address} {PlainWarning} ({_noTls.Name})");
        return setup;
    }

    private IEnumerable<string> Mistakes(CommandResult line, Option? inPlaceOfIt)
    {
        bool Has(Option option) => line.GetResult(option) is { Implicit: false };
        var texts = line.GetValue(_listen) ?? [];
        foreach (var text in texts.Where(text => BrokerListenAddress.TryParse(text) is null))
            yield return $"{_listen.Name} '{text}' is no address, expected one as 0.0.0.0:8883, 127.0.0.1, [::]:8883 or "
                + "ws://127.0.0.1:9001";
        Option[] others = [_users, _rights, _clientRate, _connectionRate, _certificate, _key, _noTls];
        foreach (var option in others.Where(option => Has(option) && !Has(_listen)))
            yield return $"{option.Name} needs {_listen.Name}: say where the broker is to listen";
        if (inPlaceOfIt is not null && Has(inPlaceOfIt) && Has(_listen))
            yield return $"{_listen.Name} and {inPlaceOfIt.Name} exclude each other: the broker is here, or elsewhere";
        if (Has(_key) && !Has(_certificate))
            yield return $"{_key.Name} needs {_certificate.Name}: name the file of the certificate that the key belongs to";
        if (Has(_rights) && !Has(_users))
            yield return $"{_rights.Name} needs {_users.Name}: name the password file of the users that it gives rights to";
        if (Has(_noTls) && Has(_certificate))
            yield return $"{_noTls.Name} and {_certificate.Name} exclude each other";
        foreach (var mistake in WebMistakes(texts, Has(_noTls)))
            yield return mistake;
        if (!Has(_users) && BeyondLoopback(texts) is { } open)
            yield return $"{_listen.Name} {open} can be reached from other machines: name its users with {_users.Name} FILE "
                + "('socksort mqtt-passwd FILE NAME' makes it), or listen on 127.0.0.1";
    }

    private IEnumerable<string> WebMistakes(string[] texts, bool isPlainAllowed)
    {
        var addresses = texts.Select(BrokerListenAddress.TryParse).OfType<BrokerListenAddress>().ToList();
        var plain = addresses.FirstOrDefault(address => address is { IsWeb: true, IsSecureWeb: false, IsBeyondLoopback: true });
        if (plain is not null && !isPlainAllowed)
            yield return $"{_listen.Name} {plain} speaks plain text and can be reached from other machines: write wss://, or {_noTls.Name}";
        if (addresses.Count > 0 && addresses.All(address => address.IsWeb))
        {
            yield return $"{_listen.Name} names addresses for WebSockets only: add one without ws:// for the program's own parts, "
                + "as 127.0.0.1";
        }
    }

    private static string? BeyondLoopback(string[] texts) =>
        texts.FirstOrDefault(text => BrokerListenAddress.TryParse(text) is { IsBeyondLoopback: true });
}
