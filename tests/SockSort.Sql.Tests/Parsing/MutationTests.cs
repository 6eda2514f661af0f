using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine.Tests;

namespace SockSort.Sql.Tests.Parsing;

/// <summary>
/// Statements with words dropped, doubled, swapped or replaced are refused with a message, or run: nothing else may come of them.
/// </summary>
public class MutationTests
{
    private const int Rounds = 1_500;

    private const string Known = """
        CREATE STREAM found (sock STRING, score DOUBLE, seen TIMESTAMP, tags ARRAY<STRING>, box STRUCT<X INT>)
          WITH (KAFKA_TOPIC = 'found', VALUE_FORMAT = 'JSON');
        CREATE STREAM keyed (id INT KEY, v INT) WITH (KAFKA_TOPIC = 'keyed', VALUE_FORMAT = 'JSON');
        CREATE STREAM other (id INT KEY, w STRING) WITH (KAFKA_TOPIC = 'other', VALUE_FORMAT = 'JSON');
        CREATE TABLE socks (id STRING PRIMARY KEY, owner STRING) WITH (KAFKA_TOPIC = 'socks', VALUE_FORMAT = 'JSON');
        """;

    private static readonly string[] Right =
    [
        "CREATE TABLE t AS SELECT sock , COUNT(*) AS n , MAX(score) FROM found WINDOW TUMBLING ( SIZE 5 SECONDS , GRACE PERIOD 1 SECOND ) "
            + "WHERE score > 1 AND sock LIKE 'a%' GROUP BY sock HAVING COUNT(*) > 3 EMIT CHANGES ;",
        "CREATE STREAM j AS SELECT k.id , k.v , o.w , ARRAY[ 1 , k.v ] AS a FROM keyed k LEFT JOIN other o WITHIN 5 SECONDS ON k.id = "
            + "o.id PARTITION BY k.v ;",
        "CREATE STREAM s WITH ( VALUE_FORMAT = 'DELIMITED' ) AS SELECT id , CASE WHEN v > 1 THEN 'x' ELSE 'y' END AS c , CAST( v AS "
            + "DECIMAL(4,2) ) AS d FROM keyed ;",
        "SELECT sock , EXPLODE( tags ) AS t , box->x , tags[1] , TRANSFORM( tags , x => UCASE( x ) ) , STRUCT( a := 1 , b := MAP( 'k' := 2 "
            + ") ) FROM found EMIT CHANGES ;",
        "SELECT f.sock , s.owner FROM found f JOIN socks s ON f.sock = s.id WHERE f.score BETWEEN 1 AND 2 OR f.sock IN ( 'a' , 'b' "
            + ") EMIT CHANGES LIMIT 3 ;",
        "SELECT id , owner FROM socks WHERE id = 'a' ;",
        "CREATE OR REPLACE STREAM n ( a INT KEY , b MAP<STRING, ARRAY<STRUCT<c DECIMAL(3,1)>>> , h BYTES HEADER('x') ) WITH ( KAFKA_TOPIC "
            + "= 'n' , FORMAT = 'JSON' , PARTITIONS = 2 , TIMESTAMP = 'a' ) ;",
        "INSERT INTO keyed ( id , v ) VALUES ( 1 , 2 + 3 ) ;",
        "INSERT INTO other SELECT id , CAST( v AS STRING ) FROM keyed ;",
        "DESCRIBE found EXTENDED ; SHOW STREAMS ; EXPLAIN SELECT * FROM found EMIT CHANGES ; DROP STREAM IF EXISTS nothing ; SET "
            + "'auto.offset.reset' = 'earliest' ;",
        "SELECT owner , COUNT(*) , COLLECT_LIST( id ) FROM socks GROUP BY owner EMIT CHANGES ;",
        "SELECT v , TOPK( id , 2 ) , WINDOWSTART FROM keyed WINDOW SESSION ( 5 SECONDS ) GROUP BY v EMIT FINAL ;",
    ];

    private static readonly string[] Records =
    [
        """{"SOCK":"a","SCORE":1.5,"TAGS":["x",null],"BOX":{"X":1},"V":2,"W":"q","OWNER":"me"}""",
        "{}",
        "[1]",
        "null",
        "x",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_mutated_statement_is_refused_with_a_message_or_runs(int seed)
    {
        var random = new Random(seed);
        var words = Right.SelectMany(statement => statement.Split(' ')).Distinct().ToArray();

        for (var round = 0; round < Rounds; round++)
            await TryAsync(Mutated(Right[random.Next(Right.Length)], words, random));
    }

    private static async Task TryAsync(string statement)
    {
        await using var sql = await SqlHost.StartAsync(Known, new() { Clock = SqlClock.Stream });
        try
        {
            await sql.RunAsync(statement);
            foreach (var topic in (string[])["socks", "keyed", "other", "found"])
            {
                foreach (var record in Records)
                    sql.Send(topic, record, 1_000, "abcd");
            }
        }
        catch (SqlException)
        {
            // A message is what a wrong statement, or a record that it cannot process, is to give.
        }
        catch (Exception error)
        {
            Assert.Fail($"{statement}\n{error}");
        }
    }

    private static string Mutated(string statement, string[] words, Random random)
    {
        var parts = statement.Split(' ').ToList();
        for (var changes = random.Next(1, 4); changes > 0 && parts.Count > 1; changes--)
        {
            var (at, other) = (random.Next(parts.Count), random.Next(parts.Count));
            switch (random.Next(5))
            {
                case 0:
                    parts.RemoveAt(at);
                    break;
                case 1:
                    parts.Insert(at, parts[other]);
                    break;
                case 2:
                    (parts[at], parts[other]) = (parts[other], parts[at]);
                    break;
                case 3:
                    parts[at] = words[random.Next(words.Length)];
                    break;
                default:
                    parts[at] = Scratched(parts[at], random);
                    break;
            }
        }
        return string.Join(' ', parts);
    }

    /// <summary>One character of a word is another.</summary>
    private static string Scratched(string word, Random random)
    {
        const string Characters = "aZ0_'\"`.,;()[]<>=-+*/%$\\{}:@\u00e9\0";
        if (word.Length == 0)
            return "x";
        var at = random.Next(word.Length);
        return $"{word[..at]}{Characters[random.Next(Characters.Length)]}{word[(at + 1)..]}";
    }
}
