namespace SockSort.Sql.Engine.BuiltIn;

/// <summary>Takes what a built-in query is to remember over a restart, as entries of key and value.</summary>
public interface IBuiltInState
{
    void Put(string key, Action<BinaryWriter> value);

    /// <summary>Removes an entry, whether it is there or not.</summary>
    void Remove(string key);
}
