using SockSort.Cli.Output;
using SockSort.Host.Configuration.Settings;

namespace SockSort.Cli.Run;

/// <summary>Gives errors of parts the place of the key that asked for them.</summary>
internal static class RunMistakes
{
    /// <exception cref="MistakeException">It cannot be started.</exception>
    public static T At<T>(RunConfiguration configuration, string key, Func<T> start)
    {
        try
        {
            return start();
        }
        catch (Exception error) when (ExpectedErrors.Is(error))
        {
            throw new MistakeException(configuration.MistakeAt(key, error.Message), error);
        }
    }

    /// <inheritdoc cref="At{T}"/>
    public static void At(RunConfiguration configuration, string key, Action check) => At<object?>(configuration, key, () =>
    {
        check();
        return null;
    });

    /// <inheritdoc cref="At{T}"/>
    public static Task AtAsync(RunConfiguration configuration, string key, Func<Task> start) =>
        AtAsync<object?>(configuration, key, async () =>
        {
            await start();
            return null;
        });

    /// <inheritdoc cref="At{T}"/>
    public static async Task<T> AtAsync<T>(RunConfiguration configuration, string key, Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception error) when (ExpectedErrors.Is(error))
        {
            throw new MistakeException(configuration.MistakeAt(key, error.Message), error);
        }
    }
}
