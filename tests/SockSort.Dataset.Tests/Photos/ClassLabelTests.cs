using SockSort.Dataset.Photos;

namespace SockSort.Dataset.Tests.Photos;

public class ClassLabelTests
{
    [Theory]
    [InlineData("class-google", "Google")]
    [InlineData("class-running-science", "Running Science")]
    [InlineData("dots_and_stripes", "Dots And Stripes")]
    [InlineData("class-mongoDB", "MongoDB")]
    [InlineData("blank", "Blank")]
    [InlineData("my class-room", "My Class Room")]
    [InlineData("class-_-two--words_", "Two Words")]
    [InlineData("über-socke", "Über Socke")]
    [InlineData("class-line\nbreak", "Line Break")]
    [InlineData("class-", "")]
    public void The_shown_name_of_a_folder(string folder, string label) => Assert.Equal(label, ClassLabel.Of(folder));
}
