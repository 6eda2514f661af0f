namespace SockSort.Host.Configuration.Secrets;

/// <summary>A text with its secrets put in.</summary>
/// <param name="HeldSecret">Whether there were any: no message may then repeat it.</param>
internal sealed record ResolvedText(string Text, bool HeldSecret)
{
    public override string ToString() => nameof(ResolvedText);
}
