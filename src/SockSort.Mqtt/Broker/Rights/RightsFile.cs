namespace SockSort.Mqtt.Broker.Rights;

/// <summary>A file of rights as <c>mosquitto.conf(5)</c> describes it for <c>acl_file</c>; not changed once it is read.</summary>
internal sealed class RightsFile
{
    private readonly Dictionary<string, List<TopicRight>> _ofUsers = new(StringComparer.Ordinal);
    private readonly List<TopicRight> _ofAll = [];

    /// <exception cref="MqttException">The file cannot be read, or a line is not one of such a file.</exception>
    public static RightsFile Read(LinesFile lines)
    {
        var file = new RightsFile();
        // Lines before the first user are of clients without one, and there are none here.
        List<TopicRight> current = [];
        foreach (var (number, line) in lines.Read())
            file.Take(line.TrimEnd(), ref current, problem => throw MqttErrors.RightsLine(lines.Path, number, problem));
        return file;
    }

    public ClientRights Of(string? user, string clientId)
    {
        var own = _ofUsers.GetValueOrDefault(user ?? "") ?? [];
        // A name with these would make a filter of another shape; Mosquitto leaves such clients without patterns, too.
        var isPlain = !HasSyntax(user ?? "") && !HasSyntax(clientId);
        var patterns = _ofAll.Where(right => isPlain || !right.IsPattern).Select(right => right.For(user ?? "", clientId));
        return new ClientRights(this, [.. own], [.. patterns]);
    }

    private static bool HasSyntax(string name) => name.AsSpan().ContainsAny('+', '#', '/');

    private void Take(string line, ref List<TopicRight> current, Action<string> wrong)
    {
        var (word, rest) = FirstWord(line);
        switch (word)
        {
            case "user" when rest.Length > 0:
                if (!_ofUsers.TryGetValue(rest, out current!))
                    _ofUsers.Add(rest, current = []);
                break;
            case "user":
                wrong("has no name behind 'user'");
                break;
            case "topic":
                current.Add(RightOf(rest, wrong));
                break;
            case "pattern":
                _ofAll.Add(RightOf(rest, wrong));
                break;
            default:
                wrong($"begins with '{word}'");
                break;
        }
    }

    private static TopicRight RightOf(string text, Action<string> wrong)
    {
        var (word, rest) = FirstWord(text);
        var access = TopicRight.AccessOf(word);
        if (access is null && rest.Length > 0)
            wrong($"has '{word}' where read, write, readwrite or deny is expected");
        var filter = access is null || rest.Length == 0 ? text : rest;
        try
        {
            TopicRules.CheckFilter(filter);
        }
        catch (MqttException error)
        {
            wrong(filter.Length == 0 ? "has no topic" : $"has no topic filter: {error.Message}");
        }
        return new TopicRight(rest.Length > 0 ? access!.Value : TopicAccess.ReadWrite, filter);
    }

    private static (string Word, string After) FirstWord(string text)
    {
        var at = text.IndexOf(' ');
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..].TrimStart());
    }
}
