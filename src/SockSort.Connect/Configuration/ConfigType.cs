namespace SockSort.Connect.Configuration;

/// <summary>The type of a key's value, as in Kafka Connect's ConfigDef.</summary>
public enum ConfigType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>Text that is never shown.</summary>
    Password,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Texts, separated by commas.</summary>
    List,
}
