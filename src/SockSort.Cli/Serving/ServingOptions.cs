using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using SockSort.Cli.Output;
using SockSort.Host.Listening;
using SockSort.Server.Endpoint;

namespace SockSort.Cli.Serving;

/// <summary>The options of the two commands that serve a model.</summary>
/// <param name="listen">The default address.</param>
internal sealed class ServingOptions(IPAddress listen)
{
    private const double MiB = 1 << 20;
    private static readonly EndpointOptions Defaults = new();

    private readonly Option<int> _port = new Option<int>("--port")
    {
        Description = "TCP port; 0 = a free one",
        DefaultValueFactory = _ => EndpointOptions.DefaultPort,
        HelpName = "N",
    }.Within(0, 65535);
    private readonly Option<IPAddress> _listen = new("--listen")
    {
        Description = "Address to listen on; beyond this machine anyone who can reach it can use the model",
        DefaultValueFactory = _ => listen,
        CustomParser = ParseAddress,
        HelpName = "ADDRESS",
    };
    private readonly Option<double> _mostMegabytes = new Option<double>("--max-mb")
    {
        Description = "Size of the largest picture in MiB",
        DefaultValueFactory = _ => Defaults.MostRequestBytes / MiB,
        HelpName = "N",
    }.Within(0.001, 1024);
    private readonly Option<int> _together = new Option<int>("--batch")
    {
        Description = "Most pictures that go through the model together",
        DefaultValueFactory = _ => Defaults.MostTogether,
        HelpName = "N",
    }.Within(1, 64);
    private readonly Option<int> _threads = new Option<int>("--threads")
    {
        Description = "Cores to use",
        DefaultValueFactory = _ => Defaults.Threads,
        HelpName = "N",
    }.Within(1, 64);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _port, _listen, _mostMegabytes, _together, _threads })
            command.Options.Add(option);
    }

    public EndpointOptions Of(ParseResult line) => new()
    {
        MostRequestBytes = (int)Math.Min(int.MaxValue, line.GetValue(_mostMegabytes) * MiB),
        MostTogether = line.GetValue(_together),
        Threads = line.GetValue(_threads),
    };

    /// <summary>The address to listen on. Requests from other machines need no password, as with SageMaker's own endpoints.</summary>
    public WebListening ListeningOf(ParseResult line) => new()
    {
        Addresses = [new WebAddress(line.GetRequiredValue(_listen), line.GetValue(_port))],
        IsOpenToAll = true,
        Words = new ListeningWords { Surface = "the model endpoint", Port = _port.Name },
    };

    private static IPAddress ParseAddress(ArgumentResult value)
    {
        if (IPAddress.TryParse(value.Tokens[0].Value, out var address))
            return address;
        value.AddError($"'{value.Tokens[0].Value}' is no address: write 127.0.0.1, ::1 or 0.0.0.0");
        return IPAddress.Loopback;
    }
}
