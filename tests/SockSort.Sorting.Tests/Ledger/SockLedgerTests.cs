using SockSort.Sorting.Ledger;

namespace SockSort.Sorting.Tests.Ledger;

public class SockLedgerTests
{
    private readonly SockLedger _ledger = new();
    private int _corrections;

    [Fact]
    public void Two_of_a_sock_are_a_pair_and_a_third_is_an_odd_one()
    {
        _ = See("a", "Google");
        var second = See("b", "Google");
        _ = See("c", "Google");

        Assert.Equal([new FoundPair("Google", 1, 1, "a", "b", "kitchen")], second.Pairs);
        Assert.Equal(["Google: 3 seen, 1 pairs, 1 odd, 3 in all"], Lines());
    }

    [Fact]
    public void A_sighting_counts_once_however_often_it_is_told()
    {
        _ = See("a", "Google");
        _ = _ledger.See("a", "kitchen", "Google", toMs: 9000);

        Assert.Equal(["Google: 1 seen, 0 pairs, 1 odd, 1 in all"], Lines());
        Assert.Equal(9000, _ledger.Find("Google")!.LastSeenMs);
    }

    [Fact]
    public void A_sighting_that_was_of_another_sock_counts_as_that_one()
    {
        _ = See("a", "Google");
        _ = See("b", "Google");
        _ = See("c", "Mongo");

        var news = Relabel("b", "Mongo");

        Assert.Equal(["Google: 1 seen, 0 pairs, 1 odd, 1 in all", "Mongo: 2 seen, 1 pairs, 0 odd, 2 in all"], Lines());
        Assert.Equal([new FoundPair("Mongo", 1, 1, "c", "b", "kitchen")], news.Pairs);
    }

    [Fact]
    public void A_correction_says_whose_last_pair_is_none_any_more()
    {
        _ = See("a", "Google");
        _ = See("b", "Google");
        _ = See("c", "Google");

        var third = Correct(CorrectionKind.Forget, "c");
        var second = Correct(CorrectionKind.Forget, "b");

        Assert.Empty(third.TakenBack);
        Assert.Equal(["Google"], second.TakenBack);
    }

    [Fact]
    public void A_sock_of_which_nothing_is_left_is_gone()
    {
        _ = See("a", "Google");

        var news = Correct(CorrectionKind.Forget, "a");

        Assert.Empty(Lines());
        Assert.Equal(["Google"], news.Changed);
    }

    [Fact]
    public void A_sighting_that_was_corrected_is_corrected_again_by_who_knows_only()
    {
        _ = See("a", "Google");
        _ = Relabel("a", "Mongo");

        var refused = Relabel("a", "Dots");
        var known = Correct(CorrectionKind.Relabel, "a", "Dots", was: "Mongo");

        Assert.Equal(
            "sighting 'a' was corrected already and counts as 'Mongo'; to change that, say so by WAS = 'Mongo'", refused.Refusal);
        Assert.Null(known.Refusal);
        Assert.Equal(["Dots: 1 seen, 0 pairs, 1 odd, 1 in all"], Lines());
    }

    [Fact]
    public void A_forgotten_sighting_counts_again_where_that_was_wrong()
    {
        _ = See("a", "Google");
        _ = Correct(CorrectionKind.Forget, "a");

        var refused = Relabel("a", "Google");
        _ = Correct(CorrectionKind.Relabel, "a", "Google", was: "");

        Assert.Equal("sighting 'a' was forgotten already; to count it again after all, say so by WAS = ''", refused.Refusal);
        Assert.Equal(["Google: 1 seen, 0 pairs, 1 odd, 1 in all"], Lines());
    }

    [Fact]
    public void When_the_laundry_is_done_a_new_count_begins_and_the_old_one_is_kept()
    {
        _ = See("a", "Google");
        _ = See("b", "Google");
        _ = See("c", "Google");

        var news = Correct(CorrectionKind.LaundryDone);
        _ = See("d", "Google");

        Assert.Equal([new WashedSock("Google", 1, 3, 1, 1)], news.Washed);
        Assert.Equal(2, _ledger.Wash);
        Assert.Equal(["Google: 1 seen, 0 pairs, 1 odd, 4 in all"], Lines());
    }

    [Fact]
    public void A_sighting_of_a_count_that_is_over_stays_as_it_is()
    {
        _ = See("a", "Google");
        _ = Correct(CorrectionKind.LaundryDone);

        var news = Correct(CorrectionKind.Forget, "a");

        Assert.Equal(
            "sighting 'a' belongs to count 1, which is over; only those since the laundry was last done are corrected", news.Refusal);
    }

    [Fact]
    public void Laundry_that_is_done_twice_is_done_once()
    {
        _ = See("a", "Google");
        _ = Correct(CorrectionKind.LaundryDone);

        var news = Correct(CorrectionKind.LaundryDone);

        Assert.Equal("count 2 has no sock yet; show some first", news.Refusal);
    }

    [Fact]
    public void Two_names_of_one_sock_count_as_one_from_now_on()
    {
        _ = See("a", "Google");
        _ = See("b", "Googel");

        var news = Merge("Googel", "Google");
        _ = See("c", "Googel");

        Assert.Equal([new FoundPair("Google", 1, 1, "a", "b", "kitchen")], news.Pairs);
        Assert.Equal(["Google: 3 seen, 1 pairs, 1 odd, 3 in all"], Lines());
    }

    [Fact]
    public void A_name_that_was_merged_leads_to_what_that_was_merged_into()
    {
        _ = See("a", "A");
        _ = See("b", "B");
        _ = See("c", "C");
        _ = Merge("A", "B");
        _ = Merge("B", "C");

        _ = See("d", "A");

        Assert.Equal(["C: 4 seen, 2 pairs, 0 odd, 4 in all"], Lines());
    }

    [Theory]
    [InlineData("A", "A", "'A' cannot be merged into itself; name another sock")]
    [InlineData("Z", "A", "no sock 'Z' was seen; seen were A, B")]
    [InlineData("A", "", "the sock has no name; name it")]
    public void A_merge_that_makes_no_sense_is_refused(string sock, string into, string refusal)
    {
        _ = See("a", "A");
        _ = See("b", "B");

        Assert.Equal(refusal, Merge(sock, into).Refusal);
    }

    [Fact]
    public void Names_are_not_merged_in_a_circle()
    {
        _ = See("a", "A");
        _ = See("b", "B");
        _ = Merge("A", "B");

        Assert.Equal("'B' cannot be merged into itself; name another sock", Merge("B", "A").Refusal);
        Assert.Equal("'A' was merged into 'B' already; merge 'B' instead", Merge("A", "C").Refusal);
    }

    [Theory]
    [InlineData(null, "the sock has no name; name it")]
    [InlineData("  ", "the sock has no name; name it")]
    [InlineData("<script>alert(1)</script>", "the name holds a control character, < or >; leave those out")]
    [InlineData("a\nb", "the name holds a control character, < or >; leave those out")]
    [InlineData(" Google", "the name begins or ends with a blank; leave it out")]
    public void A_name_that_is_none_is_refused(string? name, string refusal)
    {
        _ = See("a", "Google");

        Assert.Equal(refusal, Relabel("a", name).Refusal);
        Assert.Equal(["Google: 1 seen, 0 pairs, 1 odd, 1 in all"], Lines());
    }

    [Fact]
    public void A_name_of_ten_thousand_characters_is_refused()
    {
        _ = See("a", "Google");

        Assert.Equal("the name has 10000 characters; take 100 at most", Relabel("a", new string('x', 10_000)).Refusal);
    }

    [Fact]
    public void A_correction_of_nothing_says_where_the_ids_are() => Assert.Equal(
        "there is no sighting 'z'; the ids are in column ID of sock_sightings", Correct(CorrectionKind.Forget, "z").Refusal);

    [Fact]
    public void A_correction_that_comes_twice_is_made_once()
    {
        _ = See("a", "Google");
        _ = _ledger.Correct(new("same", CorrectionKind.Relabel, 0) { Sighting = "a", Sock = "Mongo" });

        var again = _ledger.Correct(new("same", CorrectionKind.Relabel, 0) { Sighting = "a", Sock = "Mongo" });

        Assert.Equal("a correction 'same' was made already; give each one an id of its own", again.Refusal);
    }

    private LedgerNews See(string id, string sock) => _ledger.See(id, "kitchen", sock, toMs: 1000);

    private LedgerNews Relabel(string id, string? sock) => Correct(CorrectionKind.Relabel, id, sock);

    private LedgerNews Merge(string sock, string into) =>
        _ledger.Correct(new($"{_corrections++}", CorrectionKind.Merge, 0) { Sock = sock, IntoSock = into });

    private LedgerNews Correct(CorrectionKind kind, string? id = null, string? sock = null, string? was = null) =>
        _ledger.Correct(new($"{_corrections++}", kind, 0) { Sighting = id, Sock = sock, Was = was });

    private List<string> Lines() =>
    [
        .. _ledger.Accounts.Select(account =>
            $"{account.Name}: {account.Seen} seen, {account.Pairs} pairs, {account.Odd} odd, {account.TotalSeen} in all"),
    ];
}
