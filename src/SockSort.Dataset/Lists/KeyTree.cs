namespace SockSort.Dataset.Lists;

/// <summary>Paths of a storage as folders; names sorted by code point.</summary>
internal sealed class KeyTree
{
    private readonly SortedDictionary<string, KeyTree> _folders = new(CodePointOrder.Instance);

    /// <param name="keys">Paths with <c>/</c>, in any order.</param>
    public KeyTree(IEnumerable<string> keys)
    {
        foreach (var key in keys)
            Add(key.Split('/'));
        Sort();
    }

    private KeyTree()
    {
    }

    /// <summary>Files of this folder itself.</summary>
    public List<string> Files { get; } = [];

    public IEnumerable<KeyValuePair<string, KeyTree>> Folders => _folders;

    private void Add(ReadOnlySpan<string> parts)
    {
        if (parts.Length == 1)
        {
            Files.Add(parts[0]);
            return;
        }
        if (!_folders.TryGetValue(parts[0], out var inner))
            _folders[parts[0]] = inner = new KeyTree();
        inner.Add(parts[1..]);
    }

    private void Sort()
    {
        Files.Sort(CodePointOrder.Instance);
        foreach (var folder in _folders.Values)
            folder.Sort();
    }
}
