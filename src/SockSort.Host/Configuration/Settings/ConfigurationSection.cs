namespace SockSort.Host.Configuration.Settings;

/// <summary>
/// A part of the configuration. Its text is the name of its type and nothing else: any text in it may have come out of a secret.
/// </summary>
public abstract record ConfigurationSection
{
    public sealed override string ToString() => GetType().Name;
}
