using SockSort.Shared;

namespace SockSort.Mqtt.Tests.Shared;

public class NumberRangesTests
{
    [Fact]
    public void Given_numbers_in_any_order_expect_the_ranges_that_they_make()
    {
        var numbers = new NumberRanges();

        foreach (var number in (long[])[5, 1, 2, 9, 3, 6])
            Assert.True(numbers.Add(number));

        Assert.False(numbers.Add(6));
        Assert.Equal([(1, 3), (5, 6), (9, 9)], numbers.Ranges);
        Assert.Equal(9, numbers.Highest);
        Assert.Equal([(4, 4), (7, 8), (10, 10)], numbers.Gaps(1, 10));
    }

    /// <summary>Held against a plain set, which is slow and right.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Given_ranges_added_and_removed_expect_what_a_plain_set_holds(int seed)
    {
        var random = new Random(seed);
        var (numbers, plain) = (new NumberRanges(), new HashSet<long>());

        for (var step = 0; step < 300; step++)
        {
            var first = random.Next(100);
            var last = first + random.Next(8);
            var range = Enumerable.Range(first, last - first + 1).Select(number => (long)number).ToList();
            if (random.Next(2) == 0)
            {
                numbers.Add(first, last);
                plain.UnionWith(range);
            }
            else
            {
                numbers.Remove(first, last);
                plain.ExceptWith(range);
            }
        }

        var held = numbers.Ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First + 1)));
        Assert.Equal(plain.Order(), held.Select(number => (long)number));
        Assert.Equal(plain.Count(number => number is >= 20 and <= 60), numbers.CountWithin(20, 60));
        Assert.All(Enumerable.Range(0, 110), number => Assert.Equal(plain.Contains(number), numbers.Contains(number)));
    }
}
