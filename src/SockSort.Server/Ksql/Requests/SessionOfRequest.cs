using SockSort.Sql.Engine.Settings;

namespace SockSort.Server.Ksql.Requests;

/// <summary>What a request sets for its own statements.</summary>
internal static class SessionOfRequest
{
    /// <summary><c>streamsProperties</c> (<c>properties</c> of /query-stream) and <c>sessionVariables</c>.</summary>
    /// <exception cref="RestException">400: a property that nobody knows.</exception>
    public static SqlSession Make(RequestBody body)
    {
        var session = new SqlSession { IsScript = true };
        foreach (var (name, value) in body.Settings("streamsProperties", "properties"))
        {
            // Clients tell what they are with such names; ksqlDB passes them over too.
            if (name.StartsWith("request.", StringComparison.Ordinal))
                continue;
            RequireKnown(name);
            session.SetProperty(EngineProperties.WithoutStreams(name), value);
        }
        foreach (var (name, value) in body.Settings("sessionVariables"))
            session.SetVariable(name, value);
        return session;
    }

    /// <exception cref="RestException">400: nobody knows it, or it is the server's alone.</exception>
    public static void RequireKnown(string property)
    {
        if (EngineProperties.IsFixed(property))
            throw RestErrors.BadRequest($"Cannot override property '{property}': it is the server's alone");
        if (!EngineProperties.IsKnown(EngineProperties.WithoutStreams(property)))
            throw RestErrors.BadRequest(
                $"no property '{property}'; there are {string.Join(", ", EngineProperties.Known.Select(known => known.Name))}");
    }
}
