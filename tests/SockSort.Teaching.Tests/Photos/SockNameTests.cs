using SockSort.Dataset.Photos;
using SockSort.Teaching.Photos;

namespace SockSort.Teaching.Tests.Photos;

public sealed class SockNameTests
{
    [Theory]
    [InlineData("Google", "class-google", "Google")]
    [InlineData("  blue   STRIPES ", "class-blue-stripes", "Blue Stripes")]
    [InlineData("running_science", "class-running-science", "Running Science")]
    [InlineData("Größe 43", "class-größe-43", "Größe 43")]
    public void A_name_becomes_a_folder_and_the_label_that_training_makes_of_it(string name, string folder, string label)
    {
        var parsed = SockName.Parse(name);

        Assert.Equal((folder, label, false), (parsed.Folder, parsed.Label, parsed.IsBackground));
        Assert.Equal(label, ClassLabel.Of(parsed.Folder));
    }

    [Theory]
    [InlineData("blank")]
    [InlineData("Blank")]
    public void Blank_is_the_empty_scene(string name) => Assert.True(SockName.Parse(name).IsBackground);

    [Theory]
    [InlineData("", "name: it is empty; a sock needs a name, as in 'Blue Stripes'")]
    [InlineData(" - _ ", "name: it is empty; a sock needs a name, as in 'Blue Stripes'")]
    [InlineData("<script>", "<script>: '<' is no letter of a sock's name: letters, digits, blanks, - and _ are")]
    [InlineData("../up", "../up: '.' is no letter of a sock's name: letters, digits, blanks, - and _ are")]
    [InlineData("a\nb", "a\nb: '\n' is no letter of a sock's name: letters, digits, blanks, - and _ are")]
    public void What_is_no_name_is_an_error_that_says_what_is(string name, string message) =>
        Assert.Equal(message, Assert.Throws<TeachingException>(() => SockName.Parse(name)).Message);

    [Fact]
    public void Ten_thousand_letters_are_no_name() => Assert.Equal(
        "name: it has 10000 letters, and 60 is the most; a short one fits a label",
        Assert.Throws<TeachingException>(() => SockName.Parse(new string('x', 10_000))).Message);
}
