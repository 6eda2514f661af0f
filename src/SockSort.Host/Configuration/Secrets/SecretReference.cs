namespace SockSort.Host.Configuration.Secrets;

/// <summary>A placeholder in a value: <c>${env:NAME}</c> or <c>${file:PATH:NAME}</c>.</summary>
/// <param name="Provider"><c>env</c> or <c>file</c>.</param>
/// <param name="Path">The path of the file as it is written; empty for <c>env</c>.</param>
/// <param name="Name">The name of the variable, or of the entry in the file.</param>
/// <param name="Folder">The absolute path of the configuration file's folder.</param>
public sealed record SecretReference(string Provider, string Path, string Name, string Folder);
