using SockSort.Dataset.Lists;

namespace SockSort.Dataset.Tests.Lists;

public sealed class ListSplitTests
{
    [Fact]
    public void Sizes_are_those_of_python_for_all_counts_and_ratios()
    {
        foreach (var row in Goldens.Json("lst/split_sizes.json").EnumerateArray())
        {
            var split = new ListSplit
            {
                Chunks = row.GetProperty("chunks").GetInt32(),
                TrainRatio = row.GetProperty("train_ratio").GetDouble(),
                TestRatio = row.GetProperty("test_ratio").GetDouble(),
            };
            var count = row.GetProperty("images").GetInt32();

            Assert.Equal(
                (row.GetProperty("chunk_size")
                    .GetInt32(), row.GetProperty("train")
                    .GetInt64(), row.GetProperty("test")
                    .GetInt64(), row.GetProperty("val_file")
                    .GetBoolean()),
                (split.ChunkSize(count), split.TrainSize(count), split.TestSize(count), split.HasValidation));
        }
    }

    [Fact]
    public void Photos_that_rounding_leaves_in_no_file_are_counted()
    {
        var split = new ListSplit { TrainRatio = 0.8, TestRatio = 0.2 };

        Assert.Equal(1, split.Lost(18));
        Assert.Equal(0, new ListSplit { TrainRatio = 0.8 }.Lost(18));
    }
}
