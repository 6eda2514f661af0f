using System.Security.Cryptography;
using System.Text;
using SockSort.Deploy.KsqlDb;

namespace SockSort.Deploy.Flink;

/// <summary>A query of the script as a job of Flink, which is known there by its name.</summary>
internal sealed class FlinkJob
{
    // Of the fingerprint: two texts of one name are told apart, nothing is kept secret by it.
    private const int FingerprintDigits = 12;

    private const string Prefix = "socksort: ";

    /// <param name="statement">The statement that makes it.</param>
    /// <param name="number">Which of the script's statements that are called alike it is, from 1.</param>
    /// <param name="tables">The statements that make the tables that it reads and writes.</param>
    /// <param name="insert">The statement that submits it.</param>
    public FlinkJob(ScriptStatement statement, int number, IReadOnlyList<string> tables, string insert)
    {
        (Statement, Tables, Insert) = (statement, tables, insert);
        Key = number == 1 ? What : $"{What} ({number})";
        var text = string.Join('\n', [.. tables, insert]);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..FingerprintDigits];
    }

    /// <summary>The statement of the script that makes it.</summary>
    public ScriptStatement Statement { get; }

    /// <summary>Kind and name of what it writes: <c>table HEAPS</c>.</summary>
    public string What => Statement.What;

    /// <summary>What the job is called, without its fingerprint: no other of the script is called so.</summary>
    public string Key { get; }

    /// <summary>The first digits of the SHA-256 of all the text that the job is made of, secrets left out, in hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>The job's name in Flink: <c>socksort: table HEAPS [0123456789ab]</c>.</summary>
    public string Name => $"{Stem}{Fingerprint}]";

    /// <summary>Statements that make the tables that it reads and writes; secrets are <c>***</c>.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>The statement that submits it.</summary>
    public string Insert { get; }

    private string Stem => $"{Prefix}{Key} [";

    /// <summary>Whether a job of Flink was submitted for this query, by this text or another one.</summary>
    public bool IsNamed(string name) => name.StartsWith(Stem, StringComparison.Ordinal) && name.Length == Name.Length && name[^1] == ']';
}
