namespace SockSort.Sql.Functions.Scalars;

/// <summary>Angles in radians, as DOUBLEs.</summary>
internal sealed class TrigonometryFunctions : IFunctionFamily
{
    private const double DegreesPerRadian = 180.0 / Math.PI;

    public string Title => "Trigonometry";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("SIN", "the sine of an angle")
            .Example("ROUND(SIN(1), 10)", "0.8414709848")
            .On((double radians) => Math.Sin(radians)),
        new ScalarFunction("COS", "the cosine of an angle").Example("COS(0)", "1.0").On((double radians) => Math.Cos(radians)),
        new ScalarFunction("TAN", "the tangent of an angle")
            .Example("ROUND(TAN(1), 10)", "1.5574077247")
            .On((double radians) => Math.Tan(radians)),
        new ScalarFunction("COT", "the cotangent of an angle; Infinity at zero")
            .Example("COT(0)", "Infinity")
            .Example("ROUND(COT(6), 10)", "-3.4363530042")
            .On((double radians) => 1.0 / Math.Tan(radians)),
        new ScalarFunction("SINH", "the hyperbolic sine").Example("SINH(0)", "0.0").On((double value) => Math.Sinh(value)),
        new ScalarFunction("COSH", "the hyperbolic cosine").Example("COSH(0)", "1.0").On((double value) => Math.Cosh(value)),
        new ScalarFunction("TANH", "the hyperbolic tangent").Example("TANH(0)", "0.0").On((double value) => Math.Tanh(value)),
        new ScalarFunction("ASIN", "the angle whose sine is the value; NaN outside -1 to 1")
            .Example("ROUND(ASIN(1), 10)", "1.5707963268")
            .On((double value) => Math.Asin(value)),
        new ScalarFunction("ACOS", "the angle whose cosine is the value; NaN outside -1 to 1")
            .Example("ACOS(1)", "0.0")
            .Example("ACOS(2)", "NaN")
            .On((double value) => Math.Acos(value)),
        new ScalarFunction("ATAN", "the angle whose tangent is the value")
            .Example("ROUND(ATAN(1), 10)", "0.7853981634")
            .On((double value) => Math.Atan(value)),
        new ScalarFunction("ATAN2", "the angle of the point (x, y), from -pi to pi")
            .Example("ROUND(ATAN2(-2, -3), 10)", "-2.55359005")
            .On((double y, double x) => Math.Atan2(y, x)),
        new ScalarFunction("DEGREES", "radians in degrees")
            .Example("ROUND(DEGREES(2), 10)", "114.5915590262")
            .On((double radians) => radians * DegreesPerRadian),
        new ScalarFunction("RADIANS", "degrees in radians")
            .Example("ROUND(RADIANS(180), 10)", "3.1415926536")
            .On((double degrees) => degrees / 180.0 * Math.PI),
        new ScalarFunction("PI", "the number pi").Example("PI()", "3.141592653589793").On(() => Math.PI),
    ];
}
