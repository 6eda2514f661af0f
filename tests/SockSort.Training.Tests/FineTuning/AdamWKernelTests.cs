using SockSort.Training.FineTuning;

namespace SockSort.Training.Tests.FineTuning;

public class AdamWKernelTests
{
    [Fact]
    public void Two_steps_are_those_of_the_plain_formula()
    {
        var random = new Random(1);
        // Not a whole number of vectors.
        float[] values = [.. Enumerable.Range(0, 37).Select(_ => random.NextSingle() - 0.5f)];
        float[] gradient = [.. values.Select(_ => random.NextSingle() - 0.5f)];
        var (mean, square) = (new float[37], new float[37]);
        double[] wanted = [.. values.Select((value, i) => Plain(value, gradient[i]))];

        AdamWKernel.Step(values, gradient, mean, square, step: 1, rate: 0.1f, decay: 0.01f);
        AdamWKernel.Step(values, gradient, mean, square, step: 2, rate: 0.1f, decay: 0.01f);

        Assert.All(values, (value, i) => Assert.Equal(wanted[i], value, 1e-5));
    }

    private static double Plain(double value, double gradient)
    {
        var (mean, square) = (0.0, 0.0);
        for (var step = 1; step <= 2; step++)
        {
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.999 * square + 0.001 * gradient * gradient;
            value -= 0.1 * 0.01 * value;
            value -= 0.1 * (mean / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(square / (1 - Math.Pow(0.999, step))) + 1e-8);
        }
        return value;
    }
}
