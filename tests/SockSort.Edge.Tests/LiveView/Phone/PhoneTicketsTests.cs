using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.LiveView.Phone;

namespace SockSort.Edge.Tests.LiveView.Phone;

public sealed class PhoneTicketsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PhoneTickets _tickets;

    public PhoneTicketsTests() => _tickets = new PhoneTickets(_time);

    [Fact]
    public void A_ticket_is_good_once()
    {
        var ticket = _tickets.Issue();

        Assert.Matches("^[0-9a-f]{32}$", ticket);
        Assert.False(_tickets.Redeem(""));
        Assert.True(_tickets.Redeem(ticket));
        Assert.False(_tickets.Redeem(ticket));
    }

    [Fact]
    public void A_ticket_is_good_for_a_minute()
    {
        var (early, late) = (_tickets.Issue(), _tickets.Issue());

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(_tickets.Redeem(early));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_tickets.Redeem(late));
    }

    [Fact]
    public void Of_many_that_nobody_redeems_the_oldest_are_forgotten()
    {
        var tickets = Enumerable.Range(0, 65).Select(_ => _tickets.Issue()).ToList();

        Assert.False(_tickets.Redeem(tickets[0]));
        Assert.True(_tickets.Redeem(tickets[1]));
        Assert.True(_tickets.Redeem(tickets[64]));
    }
}
