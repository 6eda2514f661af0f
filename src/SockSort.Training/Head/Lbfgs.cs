using System.Numerics.Tensors;

namespace SockSort.Training.Head;

/// <summary>Minimises a smooth convex function: limited-memory BFGS with a backtracking line search.</summary>
/// <remarks>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5.</remarks>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const int MostHalvings = 10;

    /// <summary>Value at a point; the second argument receives the gradient there.</summary>
    public delegate double Objective(ReadOnlySpan<float> point, Span<float> gradient);

    /// <param name="objective">Convex, and bounded below.</param>
    /// <param name="point">The start; receives the minimum.</param>
    /// <param name="mostSteps">Steps after which it ends in any case.</param>
    /// <param name="tolerance">Ends when the gradient's length is below this.</param>
    /// <returns>Steps taken.</returns>
    public static int Minimise(Objective objective, float[] point, int mostSteps, double tolerance)
    {
        var (gradient, next, nextGradient, direction) = (
            new float[point.Length], new float[point.Length], new float[point.Length], new float[point.Length]);
        var history = new Queue<(float[] Step, float[] Turn, float Share)>();
        var value = objective(point, gradient);
        for (var step = 0; step < mostSteps; step++)
        {
            if (TensorPrimitives.Norm(gradient) < tolerance)
                return step;
            ChooseDirection(gradient, history, direction);
            var slope = TensorPrimitives.Dot(direction, gradient);
            // The first step knows nothing of the scale yet.
            var length = history.Count == 0 ? 1 / Math.Max(1, TensorPrimitives.Norm(gradient)) : 1f;
            var found = Search(objective, point, direction, value, slope, length, next, nextGradient);
            if (found is not { } lower)
                return step;
            Remember(history, point, next, gradient, nextGradient);
            next.CopyTo(point, 0);
            nextGradient.CopyTo(gradient, 0);
            value = lower;
        }
        return mostSteps;
    }

    private static void ChooseDirection(float[] gradient, Queue<(float[] Step, float[] Turn, float Share)> history, float[] direction)
    {
        TensorPrimitives.Negate(gradient, direction);
        var pairs = history.ToArray();
        Span<float> alphas = stackalloc float[Memory];
        for (var i = pairs.Length - 1; i >= 0; i--)
        {
            alphas[i] = pairs[i].Share * TensorPrimitives.Dot<float>(pairs[i].Step, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Turn, -alphas[i], direction, direction);
        }
        if (pairs.Length > 0)
            TensorPrimitives.Multiply(direction, 1 / (pairs[^1].Share * TensorPrimitives.SumOfSquares<float>(pairs[^1].Turn)), direction);
        for (var i = 0; i < pairs.Length; i++)
        {
            var beta = pairs[i].Share * TensorPrimitives.Dot<float>(pairs[i].Turn, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Step, alphas[i] - beta, direction, direction);
        }
    }

    private static double? Search(
        Objective objective, float[] point, float[] direction, double value, double slope, float length, float[] next, float[] nextGradient)
    {
        for (var halving = 0; halving < MostHalvings; halving++, length /= 2)
        {
            TensorPrimitives.MultiplyAdd(direction, length, point, next);
            var lower = objective(next, nextGradient);
            if (lower <= value + SufficientDecrease * length * slope)
                return lower;
        }
        return null; // float cannot resolve a further decrease
    }

    private static void Remember(
        Queue<(float[] Step, float[] Turn, float Share)> history, float[] point, float[] next, float[] gradient, float[] nextGradient)
    {
        var step = new float[point.Length];
        var turn = new float[point.Length];
        TensorPrimitives.Subtract(next, point, step);
        TensorPrimitives.Subtract(nextGradient, gradient, turn);
        var curvature = TensorPrimitives.Dot<float>(step, turn);
        // A pair without curvature (rounding near the minimum) would turn the direction uphill.
        if (curvature <= 1e-12f)
            return;
        if (history.Count == Memory)
            _ = history.Dequeue();
        history.Enqueue((step, turn, 1 / curvature));
    }
}
