using SockSort.Training.Head;

namespace SockSort.Training.Tests.Head;

public class LbfgsTests
{
    [Fact]
    public void A_valley_that_is_a_thousand_times_steeper_one_way_is_walked_to_its_bottom()
    {
        float[] bottom = [3, -2, 0.5f], steep = [1000, 1, 30];
        float[] point = [0, 0, 0];

        Lbfgs.Minimise(Valley, point, mostSteps: 40, tolerance: 1e-3);

        Assert.Equal(bottom, point, (a, b) => MathF.Abs(a - b) < 1e-3f);

        double Valley(ReadOnlySpan<float> at, Span<float> gradient)
        {
            var value = 0.0;
            for (var i = 0; i < at.Length; i++)
            {
                gradient[i] = steep[i] * (at[i] - bottom[i]);
                value += 0.5 * steep[i] * (at[i] - bottom[i]) * (at[i] - bottom[i]);
            }
            return value;
        }
    }
}
