using System.CommandLine;
using System.Globalization;

namespace SockSort.Cli.Output;

/// <summary>Numbers on the command line that must lie within a range.</summary>
internal static class OptionRange
{
    /// <summary>Makes a value outside the range wrong usage; what is no number at all has its own error already.</summary>
    /// <param name="option">Of one number.</param>
    /// <param name="lowest">Allowed.</param>
    /// <param name="highest">Allowed; <see cref="double.PositiveInfinity"/> where there is no limit.</param>
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
