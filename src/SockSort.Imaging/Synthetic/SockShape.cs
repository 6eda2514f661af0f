using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// The cut of every sock, in pixels of its texture: a sock laid flat, cuff at the top, toe at the left. The knitted tube
/// is a straight strip; <see cref="TubeMesh"/> lays it round the bend of the ankle.
/// </summary>
internal static class SockShape
{
    public const int Width = 480;
    public const int Height = 700;
    public const int TubeWidth = 260;
    public const int TubeLength = 760;

    private const int Rows = 60;
    private const int Columns = 8;

    // From the strip's left edge to the middle line: the heel bulges out to the right.
    private const float Middle = 110;

    private const string Leg = "M190 60 C230 52 332 52 372 60 C380 160 366 280 378 380 ";
    private const string Foot = "C386 415 412 450 402 494 C392 537 350 549 310 561 C255 578 215 603 172 626 C132 646 82 636 70 592 " +
        "C62 552 90 520 124 500 C170 472 202 440 204 380 C208 280 182 160 190 60 Z";

    public static SKPath Outline() => SKPath.ParseSvgPathData(Leg + Foot);

    public static SKPath Cuff() => SKPath.ParseSvgPathData("M150 30 H420 V132 C360 124 220 124 150 132 Z");

    public static SKPath Heel() => SKPath.ParseSvgPathData("M430 372 C340 384 282 440 296 476 C304 500 318 530 330 600 L460 600 Z");

    public static SKPath Toe() => SKPath.ParseSvgPathData("M122 470 C160 510 186 560 188 660 L30 680 L30 500 Z");

    /// <summary>Where a hand holds it: the middle of the cuff's edge.</summary>
    public static SKPoint Grip => new(281, 66);

    /// <summary>The middle of the whole sock, for one that lies.</summary>
    public static SKPoint Centre => new(250, 345);

    /// <summary>
    /// Corners in the texture with their places in the strip, for <see cref="SKCanvas.DrawVertices(SKVertices, SKBlendMode, SKPaint)"/>.
    /// </summary>
    public static SKVertices TubeMesh()
    {
        using var spine = SKPath.ParseSvgPathData("M281 40 L288 370 C292 460 262 500 196 532 L20 612");
        using var measure = new SKPathMeasure(spine);
        var places = new List<SKPoint>();
        var strip = new List<SKPoint>();
        for (var row = 0; row <= Rows; row++)
        {
            measure.GetPositionAndTangent(measure.Length * row / Rows, out var at, out var along);
            for (var column = 0; column <= Columns; column++)
            {
                var across = (TubeWidth * column / (float)Columns) - Middle;
                places.Add(new SKPoint(at.X + (along.Y * across), at.Y - (along.X * across)));
                strip.Add(new SKPoint(across + Middle, measure.Length * row / Rows));
            }
        }
        return SKVertices.CreateCopy(SKVertexMode.Triangles, [.. places], [.. strip], null, Grid.Triangles(Columns, Rows));
    }
}
