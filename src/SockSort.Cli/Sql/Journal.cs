using System.Globalization;

namespace SockSort.Cli.Sql;

/// <summary>A service's journal: a line each, with the time.</summary>
internal sealed class Journal(TextWriter output, TimeProvider time)
{
    public void Tell(string what)
    {
        try
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {what}"));
        }
        catch (IOException)
        {
            // The journal may lie on the very disk that is full: the queries wait for room, and the server with them.
        }
    }
}
