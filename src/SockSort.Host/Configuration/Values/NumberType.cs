using System.Globalization;
using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>A number, with or without a fraction.</summary>
internal sealed class NumberType(double least, double most) : ScalarType<double>
{
    public override string Words => $"number, {least} to {most}";

    protected override string Expected => $"a number from {least} to {most}";

    protected override bool TryParse(string text, Reading reading, out double value, ref string hint) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
