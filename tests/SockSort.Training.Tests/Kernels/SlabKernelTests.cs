using SockSort.Training.Kernels;

namespace SockSort.Training.Tests.Kernels;

public class SlabKernelTests
{
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 3, 1, 7, 14 },
        { 5, 1, 14, 9 },
        { 5, 2, 3, 8 },
        { 1, 1, 1, 1 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Sums_over_windows_are_those_of_the_plain_loops(int window, int step, int rows, int columns)
    {
        var sizes = new SlabSizes(window, window, step, step, rows, columns);
        var (padded, weights) = (Numbers(sizes.NeededRows * sizes.NeededColumns), Numbers(window * window));
        var output = new float[rows * columns * SlabKernel.Channels];

        SlabKernel.Convolve(padded, sizes.NeededColumns, weights, sizes, output);

        Assert.All(output, (value, i) => Assert.Equal(
            Taps(sizes, i).Sum(tap => (double)padded[tap.At] * weights[tap.Weight]), value, 1e-5));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void What_a_window_has_to_change_by_is_added_to_it(int window, int step, int rows, int columns)
    {
        var sizes = new SlabSizes(window, window, step, step, rows, columns);
        var (padded, gradient) = (Numbers(sizes.NeededRows * sizes.NeededColumns), Numbers(rows * columns));
        var sums = Numbers(window * window);
        double[] wanted = [.. sums.Select(sum => (double)sum)];
        for (var i = 0; i < gradient.Length; i++)
        {
            foreach (var (at, weight) in Taps(sizes, i))
                wanted[weight] += padded[at] * gradient[i];
        }

        SlabKernel.AddWindow(padded, sizes.NeededColumns, gradient, sizes, sums);

        Assert.All(sums, (value, i) => Assert.Equal(wanted[i], value, 1e-4));
    }

    [Fact]
    public void Slabs_that_are_too_small_are_refused_before_memory_is_read() =>
        Assert.Throws<ArgumentException>(() => SlabKernel.Convolve(
            new float[15 * SlabKernel.Channels], 4, new float[9 * SlabKernel.Channels], new SlabSizes(3, 3, 1, 1, 2, 2),
            new float[4 * SlabKernel.Channels]));

    [Fact]
    public void A_slab_is_taken_out_and_put_back_also_where_there_are_fewer_channels()
    {
        var picture = Enumerable.Range(0, 3 * 20).Select(i => (float)i).ToArray();
        var slab = new float[3 * SlabKernel.Channels];
        var back = new float[picture.Length];

        Slabs.Take(picture, 16, 20, 4, slab);
        Slabs.Put(slab, back, 16, 20, 4, adds: false);
        Slabs.Put(slab, back, 16, 20, 4, adds: true);

        Assert.Equal([16, 17, 18, 19, 0], slab[..5]);
        Assert.Equal(picture.Select((value, i) => i % 20 >= 16 ? 2 * value : 0), back);
    }

    /// <summary>Places of the numbers that a sum has: in the padded slab and in the window.</summary>
    private static IEnumerable<(int At, int Weight)> Taps(SlabSizes sizes, int output)
    {
        var (place, channel) = (output / SlabKernel.Channels, output % SlabKernel.Channels);
        for (var tap = 0; tap < sizes.WindowRows * sizes.WindowColumns; tap++)
        {
            var y = place / sizes.Columns * sizes.StepY + tap / sizes.WindowColumns;
            var x = place % sizes.Columns * sizes.StepX + tap % sizes.WindowColumns;
            yield return ((y * sizes.NeededColumns + x) * SlabKernel.Channels + channel, tap * SlabKernel.Channels + channel);
        }
    }

    private static float[] Numbers(int places)
    {
        var random = new Random(places);
        return [.. Enumerable.Range(0, places * SlabKernel.Channels).Select(_ => random.NextSingle() - 0.5f)];
    }
}
