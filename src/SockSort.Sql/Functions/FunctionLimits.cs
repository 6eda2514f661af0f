using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <summary>Bounds on results whose size the arguments choose: one careless number must not eat the memory of the whole engine.</summary>
internal static class FunctionLimits
{
    /// <summary>Characters, bytes or elements of one value.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <exception cref="FunctionException">The result would be too long.</exception>
    public static void CheckLength(long length)
    {
        if (length > MaxLength)
            throw new FunctionException($"the result would have {length} elements; {MaxLength} is the most");
    }
}
