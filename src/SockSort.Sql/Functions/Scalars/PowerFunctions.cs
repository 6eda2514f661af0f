namespace SockSort.Sql.Functions.Scalars;

/// <summary>Powers, roots and logarithms of DOUBLEs.</summary>
internal sealed class PowerFunctions : IFunctionFamily
{
    public string Title => "Powers and logarithms";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("EXP", "e to the power of the value").Example("EXP(1)", "2.718281828459045")
            .On((double value) => Math.Exp(value)),
        new ScalarFunction("LN", "the natural logarithm; NaN below zero, -Infinity at zero")
            .Example("LN(2)", "0.6931471805599453")
            .Example("LN(-1)", "NaN")
            .On((double value) => Math.Log(value)),
        new ScalarFunction(
            "LOG",
            "the logarithm to a base; without one the natural logarithm; NaN for a base that is 1, zero or below, "
                + "and for values below zero")
            .Example("LOG(2, 8)", "3.0").Example("LOG(13)", "2.5649493574615367").Example("LOG(1, 8)", "NaN")
            .On((double value) => Math.Log(value))
            // math.json, log-custom-base: quotient of natural logarithms, digit for digit.
            .On((double @base, double value) => @base <= 0 || @base == 1 ? double.NaN : Math.Log(value) / Math.Log(@base)),
        new ScalarFunction("POWER", "the base to the power of the exponent")
            .Example("POWER(2, 10)", "1024.0")
            .Example("POWER(15, -1)", "0.06666666666666667")
            .On((double @base, double exponent) => Math.Pow(@base, exponent)),
        new ScalarFunction("SQRT", "the square root; NaN below zero").Example("SQRT(2)", "1.4142135623730951")
            .On((double value) => Math.Sqrt(value)),
        new ScalarFunction("CBRT", "the cube root").Example("CBRT(-8)", "-2.0").Example("CBRT(3)", "1.4422495703074083")
            .On((double value) => Math.Cbrt(value)),
    ];
}
