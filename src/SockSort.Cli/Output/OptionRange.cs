using System.CommandLine;
using System.Globalization;

namespace SockSort.Cli.Output;

/// <summary>Limits options to a range of numbers.</summary>
internal static class OptionRange
{
    /// <summary>
    /// Makes a value outside the range an error of the command line; a value that is not a number has its own error already.
    /// </summary>
    /// <param name="option">An option with one number.</param>
    /// <param name="lowest">The least allowed value.</param>
    /// <param name="highest">The greatest allowed value; <see cref="double.PositiveInfinity"/> for no limit.</param>
    public static TOption Within<TOption>(this TOption option, double lowest, double highest)
        where TOption : Option
    {
        var advice = double.IsInfinity(highest) ? $"choose {lowest} or more" : $"choose {lowest} to {highest}";
        option.Validators.Add(result =>
        {
            var text = result.Tokens.LastOrDefault()?.Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && !(value >= lowest && value <= highest))
                result.AddError($"{option.Name} {text} is out of range: {advice}");
        });
        return option;
    }
}
