using FsCheck.Xunit;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Tests.Augmentation;

public class SampleRandomTests
{
    [Fact]
    public void Its_numbers_are_pinned_so_that_models_can_be_made_again()
    {
        var random = new SampleRandom(seed: 1, stream: 2);

        Assert.Equal([4019563074819441754UL, 9334930313841001309UL], new[] { random.Next(), random.Next() });
    }

    [Fact]
    public void Noise_has_the_deviation_that_was_asked_for()
    {
        var values = new float[100_000];

        new SampleRandom(1, 1).AddNormal(values, sigma: 3);

        Assert.InRange(values.Average(), -0.05, 0.05);
        Assert.InRange(Math.Sqrt(values.Average(value => (double)value * value)), 2.9, 3.1);
        Assert.InRange(values.Count(value => Math.Abs(value) < 3) / 100_000.0, 0.66, 0.71);
    }

    [Property]
    public void Chance_stays_within_its_limits(int seed, int stream, ushort count)
    {
        var random = new SampleRandom(seed, stream);

        Assert.InRange(random.Between(-2, 3), -2, 3);
        Assert.InRange(random.Below(count + 1), 0, count);
        Assert.False(random.Chance(0));
        Assert.True(random.Chance(1));
    }
}
