using SockSort.Imaging.Synthetic;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class SockDesignsTests
{
    private static readonly string[][] AlikePairs = [["sailor-stripes", "pin-stripes"], ["ocean-blue", "sky-blue"]];

    [Fact]
    public void There_are_sixteen_designs_of_sixteen_names()
    {
        var names = SockDesigns.All(1).Select(design => design.Name).ToList();

        Assert.Equal(16, SockDesigns.Count);
        Assert.Equal(16, names.Distinct().Count());
    }

    [Fact]
    public void No_two_designs_give_the_same_picture()
    {
        var pictures = SockDesigns.All(1).Select(design =>
        {
            using var texture = SockTexture.Knit(design, scale: 0.25f);
            return Convert.ToHexString(texture.Sock.PeekPixels().GetPixelSpan<byte>());
        }).ToList();

        Assert.Equal(SockDesigns.Count, pictures.Distinct().Count());
    }

    [Fact]
    public void A_folder_is_the_name_after_class_and_a_label_its_words_capitalised()
    {
        var design = SockDesigns.All(1).Single(design => design.Name == "heel-and-toe");

        Assert.Equal("class-heel-and-toe", design.Folder);
        Assert.Equal("Heel And Toe", design.Label);
    }

    [Fact]
    public void Fewer_classes_are_the_beginning_of_more()
    {
        var four = SockDesigns.Pick(3, 4).Select(design => (design.Name, design.Colours));
        var eight = SockDesigns.Pick(3, 8).Select(design => (design.Name, design.Colours));

        Assert.Equal(eight.Take(4), four);
    }

    [Fact]
    public void Another_seed_takes_others_and_dyes_them_otherwise()
    {
        var one = SockDesigns.All(1);
        var two = SockDesigns.All(2).ToDictionary(design => design.Name);

        Assert.NotEqual(one.Select(design => design.Name), two.Keys);
        Assert.All(one, design => Assert.NotEqual(design.Colours, two[design.Name].Colours));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    [InlineData(-5)]
    public void From_four_classes_on_an_alike_pair_is_among_them(int seed)
    {
        var names = SockDesigns.Pick(seed, SockDesigns.ClassesWithAlikePair).Select(design => design.Name).ToList();

        Assert.Contains(AlikePairs, pair => pair.All(names.Contains));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void A_number_of_classes_out_of_range_is_refused_with_the_range(int classes)
    {
        var error = Assert.Throws<SyntheticException>(() => SockDesigns.Pick(1, classes));

        Assert.Equal($"synthetic socks: {classes} classes asked for, there are 16 designs: choose 2 to 16", error.Message);
    }
}
