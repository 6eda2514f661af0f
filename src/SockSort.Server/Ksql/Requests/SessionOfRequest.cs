using SockSort.Sql.Engine.Settings;

namespace SockSort.Server.Ksql.Requests;

/// <summary>Reads the session properties and variables that a request sets for its own statements.</summary>
internal static class SessionOfRequest
{
    /// <summary>Reads <c>streamsProperties</c> (<c>properties</c> of /query-stream) and <c>sessionVariables</c>.</summary>
    /// <exception cref="RestException">400: a property is unknown.</exception>
    public static SqlSession Make(RequestBody body)
    {
        var session = new SqlSession { IsScript = true };
        foreach (var (name, value) in body.Settings("streamsProperties", "properties"))
        {
            // Clients identify themselves with such names; ksqlDB ignores them too.
            if (name.StartsWith("request.", StringComparison.Ordinal))
                continue;
            RequireKnown(name);
            session.SetProperty(EngineProperties.WithoutStreams(name), value);
        }
        foreach (var (name, value) in body.Settings("sessionVariables"))
            session.SetVariable(name, value);
        return session;
    }

    /// <exception cref="RestException">400: the property is unknown, or only the server can set it.</exception>
    public static void RequireKnown(string property)
    {
        if (EngineProperties.IsFixed(property))
            throw RestErrors.BadRequest($"Cannot override property '{property}': it is the server's alone");
        if (!EngineProperties.IsKnown(EngineProperties.WithoutStreams(property)))
            throw RestErrors.BadRequest(
                $"no property '{property}'; there are {string.Join(", ", EngineProperties.Known.Select(known => known.Name))}");
    }
}
