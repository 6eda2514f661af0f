using SockSort.Dataset.Lists;

namespace SockSort.Dataset.Tests.Lists;

public sealed class MersenneTwisterTests
{
    [Fact]
    public void Words_are_those_of_python_with_the_same_seed()
    {
        var expected = Goldens.Json("lst/shuffle.json")
            .GetProperty("first_32_bit_outputs")
            .EnumerateArray()
            .Select(word => word.GetUInt32())
            .ToArray();
        var twister = new MersenneTwister(ListWriter.ShuffleSeed);

        Assert.Equal(expected, expected.Select(_ => twister.NextWord()));
    }

    [Fact]
    public void Shuffles_are_those_of_python_for_many_counts()
    {
        foreach (var row in Goldens.Json("lst/shuffle.json").GetProperty("order_of_0_to_n_minus_1").EnumerateObject())
        {
            var items = Enumerable.Range(0, int.Parse(row.Name)).ToArray();

            new MersenneTwister(ListWriter.ShuffleSeed).Shuffle<int>(items);

            Assert.Equal(row.Value.EnumerateArray().Select(item => item.GetInt32()), items);
        }
    }
}
