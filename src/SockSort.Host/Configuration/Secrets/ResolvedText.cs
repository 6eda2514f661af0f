namespace SockSort.Host.Configuration.Secrets;

/// <summary>A text whose placeholders have been replaced.</summary>
/// <param name="HeldSecret">Whether there was a placeholder; no message may then repeat the text.</param>
internal sealed record ResolvedText(string Text, bool HeldSecret)
{
    public override string ToString() => nameof(ResolvedText);
}
