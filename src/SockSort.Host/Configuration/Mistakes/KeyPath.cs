namespace SockSort.Host.Configuration.Mistakes;

/// <summary>Builds full keys: <c>cameras[0].source</c>.</summary>
internal static class KeyPath
{
    public static string Of(string around, string key) => around.Length == 0 ? key : $"{around}.{key}";
}
