using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Pull;

/// <summary>What a pull query may not ask for.</summary>
internal static class PullRules
{
    /// <summary>Refuses what the session has switched off, as ksqlDB's users do to notice an expensive query.</summary>
    public static void RefuseDisabled(Query query, DataSource source, SqlSession session)
    {
        var at = query.Span;
        if (session.IsOff(EngineProperties.PullLimits) && query.Limit is not null)
            throw SettingErrors.SwitchedOff("a pull query with LIMIT", EngineProperties.PullLimits, at);
        if (!source.IsTable && session.IsOff(EngineProperties.PullStreams))
            throw SettingErrors.SwitchedOff($"a pull query of stream '{source.Name}'", EngineProperties.PullStreams, at);
        if (!source.IsTable || PullKeys.Names(query.Where, source))
            return;
        if (session.IsOff(EngineProperties.PullRanges) && PullKeys.HasRange(query.Where, source))
            throw SettingErrors.SwitchedOff(
                $"a pull query of table '{source.Name}' with a range of keys", EngineProperties.PullRanges, at);
        if (session.IsOff(EngineProperties.PullScans) && !PullKeys.IsOneRange(query.Where, source))
            throw SettingErrors.SwitchedOff(
                $"a pull query of table '{source.Name}' whose WHERE does not name its keys, {Named(source)}{Given(query.Where)},",
                EngineProperties.PullScans,
                at);
    }

    /// <summary>
    /// As in ksqlDB: no row has a key that is NULL, nor one that is text where keys are numbers or truths, so who looks for one has made a
    /// mistake.
    /// </summary>
    public static void RefuseOtherKeys(Query query, DataSource source)
    {
        if (!source.IsTable || query.Where is null)
            return;
        foreach (var key in source.Schema.Keys)
        {
            foreach (var looked in PullKeys.Looked(query.Where, key.Name) ?? [])
            {
                if (looked is NullLiteral)
                    throw PullErrors.NullKey(key.Name, looked.Span);
                if (looked is StringLiteral && (key.Type.IsNumeric || key.Type.Base == SqlBaseType.Boolean))
                    throw PullErrors.KeyOfOtherType(key.Name, key.Type, looked);
            }
        }
    }

    private static string Named(DataSource source) => string.Join(", ", source.Schema.Keys.Select(key => $"`{key.Name}` {key.Type}"));

    private static string Given(Expression? where) => where is null ? "" : $", but is {where}";

    /// <summary>Refuses ROWPARTITION and ROWOFFSET as ksqlDB does: what is pulled is a row as it is now, not a record at a place.</summary>
    public static void RefusePlaces(Query query)
    {
        foreach (var item in query.Items.OfType<ExpressionItem>())
            RefusePlaces(item.Expression, "SELECT");
        if (query.Where is not null)
            RefusePlaces(query.Where, "WHERE");
    }

    private static void RefusePlaces(Expression expression, string clause)
    {
        var column = SyntaxRewriter.Parts(expression).OfType<ColumnName>()
            .FirstOrDefault(column => column.Name is PseudoColumns.RowPartition or PseudoColumns.RowOffset);
        if (column is not null)
            throw PullErrors.PlaceNamed(column.Name, clause, column.Span);
    }
}
