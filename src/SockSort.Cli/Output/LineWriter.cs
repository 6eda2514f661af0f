using System.Text;

namespace SockSort.Cli.Output;

/// <summary>Gives each line that is written to it to somebody.</summary>
internal sealed class LineWriter(Action<string> tell) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_line)
        {
            if (value != '\n')
            {
                _ = _line.Append(value);
                return;
            }
            var line = _line.ToString().TrimEnd();
            _ = _line.Clear();
            if (line.Length > 0)
                tell(line);
        }
    }
}
