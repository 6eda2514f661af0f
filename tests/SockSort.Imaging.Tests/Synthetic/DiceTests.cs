using SockSort.Imaging.Synthetic;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class DiceTests
{
    [Fact]
    public void The_first_numbers_of_a_stream_are_fixed_for_ever()
    {
        var dice = new Dice(1, 2);

        ulong[] numbers = [dice.Next(), dice.Next(), dice.Next()];

        Assert.Equal([16613338946343043936, 5167718485781182436, 139405959784801653], numbers);
    }

    [Fact]
    public void Streams_of_other_names_differ_even_where_their_numbers_are_the_same_in_another_order()
    {
        ulong[] firsts = [new Dice(1, 2).Next(), new Dice(2, 1).Next(), new Dice(1).Next(), new Dice(1, 2, 0).Next()];

        Assert.Equal(4, firsts.Distinct().Count());
    }

    [Fact]
    public void Numbers_fill_their_range_evenly()
    {
        var dice = new Dice(5);

        var counts = Enumerable.Range(0, 10_000).CountBy(_ => dice.Below(10)).ToDictionary();

        Assert.Equal(Enumerable.Range(0, 10), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void The_bell_has_mean_0_and_deviation_1()
    {
        var dice = new Dice(6);

        var numbers = Enumerable.Range(0, 10_000).Select(_ => dice.Bell()).ToList();

        Assert.InRange(numbers.Average(), -0.05, 0.05);
        Assert.InRange(numbers.Average(number => number * number), 0.95, 1.05);
    }
}
