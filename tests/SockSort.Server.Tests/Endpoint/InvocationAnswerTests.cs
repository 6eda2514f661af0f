using System.Text;
using SockSort.Server.Endpoint;

namespace SockSort.Server.Tests.Endpoint;

public class InvocationAnswerTests
{
    [Theory]
    [InlineData("application/jsonlines", "application/jsonlines", "{\"prediction\":[0.25,0.75]}\n")]
    [InlineData("text/csv", "text/csv", "0.25,0.75\n")]
    [InlineData("text/html, text/*;q=0.1", "text/csv", "0.25,0.75\n")]
    [InlineData("text/csv;q=0.5, application/json", "application/json", "[0.25,0.75]")]
    [InlineData("application/json;q=0, application/jsonlines", "application/jsonlines", "{\"prediction\":[0.25,0.75]}\n")]
    [InlineData("", "application/json", "[0.25,0.75]")]
    public void The_form_is_the_one_that_the_client_likes_best(string accept, string type, string body)
    {
        var form = InvocationAnswer.FormOf(accept);

        Assert.Equal(type, InvocationAnswer.TypeOf(form));
        Assert.Equal(body, Encoding.UTF8.GetString(InvocationAnswer.Of(form, ["A", "B"], new ModelAnswer([0.25f, 0.75f], 0.5f))));
    }

    [Theory]
    [InlineData(0.25f, """{"predicted_label":"B","labels":["A","B"],"probabilities":[0.25,0.75],"unknown":0.25}""")]
    [InlineData(null, """{"predicted_label":"B","labels":["A","B"],"probabilities":[0.25,0.75]}""")]
    public void The_verbose_form_says_how_unknown_a_picture_is_where_the_model_does(float? unknown, string json)
    {
        var body = InvocationAnswer.Of(InvocationAnswer.Form.Verbose, ["A", "B"], new ModelAnswer([0.25f, 0.75f], unknown));

        Assert.Equal(json, Encoding.UTF8.GetString(body));
    }
}
