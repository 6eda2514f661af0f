using System.Diagnostics;

namespace SockSort.Cli;

/// <summary>The process that has started this one for a part of its work, and holds its input open for as long as it lives.</summary>
internal static class ParentProcess
{
    /// <summary>The environment variable that says so.</summary>
    public const string Variable = "SOCKSORT_INPUT_OF_PARENT";

    /// <summary>
    /// Ends this process when that one is gone, which killed by <c>kill -9</c> could not do so itself. A training that nobody waits for
    /// would write its model beside that of the next one.
    /// </summary>
    public static void EndWithIt()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
            return;
        new Thread(static () =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
                // Nothing is said to it.
            }
            Process.GetCurrentProcess().Kill();
        })
        { IsBackground = true, Name = "parent" }.Start();
    }
}
