namespace SockSort.Host.Configuration.Settings;

/// <summary>
/// A part of the configuration. Its text is only the name of its type, since any value in it may come from a secret.
/// </summary>
public abstract record ConfigurationSection
{
    public sealed override string ToString() => GetType().Name;
}
