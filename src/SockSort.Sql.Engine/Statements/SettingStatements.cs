using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs SET, UNSET and DEFINE, which change the session.</summary>
internal static class SettingStatements
{
    public static MessageResult Set(SetProperty statement, SqlSession session)
    {
        var name = EngineProperties.WithoutStreams(statement.Name);
        if (!EngineProperties.IsKnown(name))
            throw SettingErrors.Unknown(statement.Name, EngineProperties.Known.Select(known => known.Name), statement.NameSpan);
        if (EngineProperties.IsFixed(statement.Name))
            throw SettingErrors.Fixed(statement.Name, statement.NameSpan);
        if (statement.Value is { } value && !EngineProperties.Allows(name, value))
            throw SettingErrors.WrongValue(name, value, EngineProperties.ValuesOf(name)!, statement.NameSpan);
        session.SetProperty(name, statement.Value);
        string[] notes = EngineProperties.IsObeyed(name) ? [] : [$"property '{name}' is accepted, and changes nothing in a single process"];
        var text = statement.Value is null
            ? $"Successfully unset local property '{name}'."
            : $"Successfully changed local property '{name}' to '{statement.Value}'.";
        return new(text, notes);
    }

    public static MessageResult Define(DefineVariable statement, SqlSession session)
    {
        session.SetVariable(statement.Name, statement.Value);
        return new("");
    }
}
