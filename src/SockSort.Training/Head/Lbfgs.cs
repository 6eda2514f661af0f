using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace SockSort.Training.Head;

/// <summary>Minimises a smooth convex function of 32-bit numbers by MathNet's limited-memory BFGS.</summary>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const double LeastProgress = 1e-9;

    /// <summary>Value at a point; the second argument receives the gradient there.</summary>
    public delegate double Objective(ReadOnlySpan<float> point, Span<float> gradient);

    /// <param name="objective">Convex, and bounded below.</param>
    /// <param name="point">The start; receives the minimum.</param>
    /// <param name="mostSteps">Steps after which it ends in any case.</param>
    /// <param name="tolerance">Ends when no number of the gradient is beyond it.</param>
    public static void Minimise(Objective objective, float[] point, int mostSteps, double tolerance)
    {
        var start = Vector<double>.Build.Dense(point.Length, i => point[i]);
        var (at, gradient) = (new float[point.Length], new float[point.Length]);
        var lowest = double.PositiveInfinity;
        var minimiser = new LimitedMemoryBfgsMinimizer(tolerance, LeastProgress, LeastProgress, Memory, mostSteps);
        try
        {
            var found = minimiser.FindMinimum(ObjectiveFunction.Gradient(Evaluate), start).MinimizingPoint;
            for (var i = 0; i < point.Length; i++)
                point[i] = (float)found[i];
        }
        catch (OptimizationException)
        {
            // The steps are used up, or 32 bits cannot resolve a further decrease: the lowest point so far is the answer.
        }

        (double Value, Vector<double> Gradient) Evaluate(Vector<double> from)
        {
            for (var i = 0; i < at.Length; i++)
                at[i] = (float)from[i];
            var value = objective(at, gradient);
            if (value < lowest)
            {
                lowest = value;
                at.CopyTo(point, 0);
            }
            return (value, Vector<double>.Build.Dense(gradient.Length, i => gradient[i]));
        }
    }
}
