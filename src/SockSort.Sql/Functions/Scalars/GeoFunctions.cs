using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Distances on the earth.</summary>
internal sealed class GeoFunctions : IFunctionFamily
{
    // Mean radii, as ksqlDB rounds them.
    private const double EarthRadiusKm = 6371;
    private const double EarthRadiusMiles = 3959;

    private static readonly string[] Kilometers = ["km", "kilometer", "kilometers", "kilometre", "kilometres"];
    private static readonly string[] Miles = ["mi", "mile", "miles"];

    public string Title => "Geography";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction(
            "GEO_DISTANCE",
            "the way between two points along a great circle (haversine formula); degrees north and east; in KM, or in "
                + "the unit given: KM or MI")
            .Nulls("a NULL or empty unit means KM; NULL where a coordinate is")
            .Example("ROUND(GEO_DISTANCE(48.137, 11.575, 52.520, 13.405), 3)", "504.338")
            .Example("ROUND(GEO_DISTANCE(37.4439, -122.1663, 51.5257, -0.1122, 'miles'), 1)", "5365.7")
            .On((double lat1, double lon1, double lat2, double lon2) => Distance(lat1, lon1, lat2, lon2, EarthRadiusKm))
            .On("lat1 DOUBLE, lon1 DOUBLE, lat2 DOUBLE, lon2 DOUBLE, unit STRING", "DOUBLE",
                (double? lat1, double? lon1, double? lat2, double? lon2, string? unit) =>
                    lat1 is { } a && lon1 is { } b && lat2 is { } c && lon2 is { } d
                        ? Distance(a, b, c, d, Radius(unit))
                        : (double?)null, seesNulls: true),
    ];

    /// <exception cref="FunctionException">A coordinate lies outside its range.</exception>
    private static double Distance(double lat1, double lon1, double lat2, double lon2, double radius)
    {
        if (Math.Abs(lat1) > 90 || Math.Abs(lat2) > 90)
            throw new FunctionException("a latitude lies outside -90 to 90 degrees");
        if (Math.Abs(lon1) > 180 || Math.Abs(lon2) > 180)
            throw new FunctionException("a longitude lies outside -180 to 180 degrees");
        var haversine = Haversine(Radians(lat2 - lat1)) + (
            Haversine(Radians(lon2 - lon1)) * Math.Cos(Radians(lat1)) * Math.Cos(Radians(lat2)));
        return 2 * Math.Asin(Math.Sqrt(haversine)) * radius;
    }

    private static double Haversine(double angle) => Math.Pow(Math.Sin(angle / 2), 2);

    private static double Radians(double degrees) => degrees / 180.0 * Math.PI;

    private static double Radius(string? unit) => unit?.Trim().ToLowerInvariant() switch
    {
        null or "" => EarthRadiusKm,
        var name when Kilometers.Contains(name) => EarthRadiusKm,
        var name when Miles.Contains(name) => EarthRadiusMiles,
        _ => throw new FunctionException($"'{unit}' is no unit of distance: write {string.Join(", ", Kilometers.Concat(Miles))}"),
    };
}
