using System.Runtime.ExceptionServices;

namespace SockSort.Training;

/// <summary>Loops over several cores whose error is that of the piece at fault.</summary>
internal static class ParallelWork
{
    /// <param name="loop">
    /// A loop of <see cref="Parallel"/>, which wraps whatever its pieces throw; of several errors the first comes out.
    /// </param>
    public static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }
}
