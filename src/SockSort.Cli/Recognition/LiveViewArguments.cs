using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using SockSort.Cli.Output;
using SockSort.Edge.LiveView;
using SockSort.Host.Listening;

namespace SockSort.Cli.Recognition;

/// <summary>The options by which commands that serve the live view say to whom.</summary>
internal sealed class LiveViewArguments
{
    /// <summary>Where the live view's password is looked for.</summary>
    public const string PasswordVariable = "SOCKSORT_LIVE_VIEW_PASSWORD";

    private readonly Option<IPAddress> _listen = new("--live-view-listen")
    {
        Description = "Address of the live view (0.0.0.0 = all); beyond this machine only with a password, or --no-password",
        CustomParser = AddressOf,
        DefaultValueFactory = _ => IPAddress.Loopback,
        HelpName = "address",
    };

    private readonly Option<FileInfo?> _passwordFile = new("--live-view-password-file")
    {
        Description = "File whose first line the live view asks for, as HTTP Basic (with any user name) or Bearer; " +
            $"or the environment variable {PasswordVariable}",
        CustomParser = FileOf,
        HelpName = "file",
    };

    private readonly Option<bool> _noPassword = new("--no-password")
    {
        Description = "Let everybody watch who can reach the live view",
    };

    private readonly Option<FileInfo?> _certificate = new("--live-view-certificate")
    {
        Description = "PEM file of the live view's certificate, with what leads to its authority and its key; by default one is made",
        CustomParser = FileOf,
        HelpName = "file",
    };

    private readonly Option<FileInfo?> _key = new("--live-view-key")
    {
        Description = "PEM file of that certificate's key, where it stands in a file of its own",
        CustomParser = FileOf,
        HelpName = "file",
    };

    private readonly Option<LiveResolution> _resolution = new("--live-view-resolution")
    {
        Description = $"Largest pictures of the live view: {LiveResolution.Words}; a viewer may ask for another by ?resolution=",
        CustomParser = ResolutionOf,
        DefaultValueFactory = _ => LiveResolution.Default,
        HelpName = "resolution",
    };

    private readonly Option<string[]> _embedders = new("--allow-embedding")
    {
        Description = "Origin of a dashboard whose pages may show the live view, as https://home.example:8123; may be given several times",
        CustomParser = OriginsOf,
        DefaultValueFactory = _ => [],
        HelpName = "origin",
    };

    /// <summary>What these options are called, for errors of who listens.</summary>
    /// <param name="port">The option of the port.</param>
    private ListeningWords Words(string port) => new()
    {
        Surface = "the live view",
        Address = address => $"{_listen.Name} {address.Address}",
        Port = port,
        Password = $"by {_passwordFile.Name} FILE or the environment variable {PasswordVariable}",
        PasswordSources = $"{_passwordFile.Name} or {PasswordVariable}",
        Open = _noPassword.Name,
        OpenAdvice = $"let everybody watch by {_noPassword.Name}",
        OpenEffect = "lets everybody watch",
        CertificatePrefix = "--live-view-",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _listen, _passwordFile, _noPassword, _certificate, _key, _resolution, _embedders })
            command.Options.Add(option);
        command.Validators.Add(line =>
        {
            if (line.GetResult(_key) is not null && line.GetResult(_certificate) is null)
                line.AddError($"{_key.Name} needs {_certificate.Name}: name the file of the certificate that the key belongs to");
            if (OpenProblem(line) is { } problem)
                line.AddError(problem);
        });
    }

    /// <summary>Origins whose pages may show the view.</summary>
    public IReadOnlyList<string> EmbeddersOf(ParseResult line) => line.GetRequiredValue(_embedders);

    /// <summary>The largest pictures of the view.</summary>
    public LiveResolution ResolutionOf(ParseResult line) => line.GetRequiredValue(_resolution);

    /// <summary>Where it listens, and to whom. Says loudly where everybody may watch.</summary>
    /// <param name="line">Parsed.</param>
    /// <param name="port">0 = a free one.</param>
    /// <param name="portOption">What that is called.</param>
    /// <param name="certificates">Folder that keeps the program's own certificate.</param>
    /// <exception cref="CommandException">The password cannot be read.</exception>
    /// <exception cref="ListeningException">Other machines could watch without a password, and nobody said that they may.</exception>
    public WebListening ListeningOf(ParseResult line, int port, string portOption, string certificates)
    {
        var (error, address) = (line.InvocationConfiguration.Error, line.GetRequiredValue(_listen));
        var listening = new WebListening
        {
            Addresses = [new WebAddress(address, port, IsTls: true)],
            Password = PasswordOf(line),
            IsOpenToAll = line.GetValue(_noPassword),
            CertificateFolder = certificates,
            CertificateFile = line.GetValue(_certificate)?.FullName,
            CertificateKeyFile = line.GetValue(_key)?.FullName,
            Words = Words(portOption),
            Note = text => error.WriteLine($"note: {text}"),
        };
        listening.Check();
        if (listening.IsShownToAll)
            error.WriteLine($"WARNING: everybody who can reach {address} can watch the live view: {_noPassword.Name} asks for no password");
        return listening;
    }

    /// <summary>What is wrong with who may watch; a password's file is read later.</summary>
    private string? OpenProblem(CommandResult line)
    {
        try
        {
            var listening = new WebListening
            {
                Addresses = [new WebAddress(line.GetValue(_listen) ?? IPAddress.Loopback, 0, IsTls: true)],
                Password = line.GetValue(_passwordFile)?.FullName ?? Environment.GetEnvironmentVariable(PasswordVariable),
                IsOpenToAll = line.GetValue(_noPassword),
                Words = Words(""),
            };
            listening.Check();
            return null;
        }
        catch (ListeningException error)
        {
            return error.Message;
        }
        catch (InvalidOperationException)
        {
            // A value that cannot be read has been told of already.
            return null;
        }
    }

    private string? PasswordOf(ParseResult line)
    {
        var file = line.GetValue(_passwordFile);
        try
        {
            return PasswordFile.Read(file, PasswordVariable);
        }
        catch (Exception error) when (file is not null && ExpectedErrors.Is(error))
        {
            throw new CommandException(
                $"{_passwordFile.Name} {file}: no password can be read ({error.Message}), expected a file whose first line is the password",
                error);
        }
    }

    private static IPAddress AddressOf(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (text == "localhost")
            return IPAddress.Loopback;
        // A bare number would be read as an address too.
        var isWhole = text.Contains(':', StringComparison.Ordinal) || text.Count(character => character == '.') == 3;
        if (isWhole && IPAddress.TryParse(text, out var address))
            return address;
        argument.AddError($"--live-view-listen: '{text}' is no IP address, as 127.0.0.1 or 0.0.0.0");
        return IPAddress.Loopback;
    }

    private static LiveResolution ResolutionOf(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (LiveResolution.Find(text) is { } resolution)
            return resolution;
        argument.AddError($"--live-view-resolution: '{text}' is none of {LiveResolution.Words}");
        return LiveResolution.Default;
    }

    private static FileInfo? FileOf(ArgumentResult argument)
    {
        if (argument.Tokens[0].Value is { Length: > 0 } path && !path.Contains('\0', StringComparison.Ordinal))
            return new FileInfo(path);
        argument.AddError($"{((OptionResult)argument.Parent!).Option.Name}: '' is no file, give the path of one");
        return null;
    }

    private static string[] OriginsOf(ArgumentResult argument)
    {
        List<string> origins = [];
        foreach (var token in argument.Tokens)
        {
            if (WebOrigin.TryParse(token.Value, out var origin))
                origins.Add(origin);
            else
                argument.AddError(
                    $"--allow-embedding: '{token.Value}' is no origin of one site, as https://home.example:8123 (http:// or "
                        + "https://, no path, no *)");
        }
        return [.. origins.Distinct()];
    }
}
