namespace SockSort.Host.Configuration.Mistakes;

/// <summary>A key in full: <c>cameras[0].source</c>.</summary>
internal static class KeyPath
{
    public static string Of(string around, string key) => around.Length == 0 ? key : $"{around}.{key}";
}
