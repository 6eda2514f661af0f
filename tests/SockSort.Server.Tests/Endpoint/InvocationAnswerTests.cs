using System.Text;
using SockSort.Server.Endpoint;

namespace SockSort.Server.Tests.Endpoint;

public class InvocationAnswerTests
{
    [Theory]
    [InlineData(0.25f, """{"predicted_label":"B","labels":["A","B"],"probabilities":[0.25,0.75],"unknown":0.25}""")]
    [InlineData(null, """{"predicted_label":"B","labels":["A","B"],"probabilities":[0.25,0.75]}""")]
    public void The_verbose_form_says_how_unknown_a_picture_is_where_the_model_does(float? unknown, string json)
    {
        var body = InvocationAnswer.Of(InvocationAnswer.Form.Verbose, ["A", "B"], new ModelAnswer([0.25f, 0.75f], unknown));

        Assert.Equal(json, Encoding.UTF8.GetString(body));
    }
}
