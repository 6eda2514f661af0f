using System.Globalization;
using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>A whole number.</summary>
internal sealed class CountType(int least, int most) : ScalarType<int>
{
    public override string Words => $"whole number, {least} to {most}";

    protected override string Expected => $"a whole number from {least} to {most}";

    protected override bool TryParse(string text, Reading reading, out int value, ref string hint) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
