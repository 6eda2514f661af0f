using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// The drawer of sock designs. A seed says which of them are taken and how each is dyed, the same for every number of
/// classes and in both worlds. Two pairs are alike on purpose: two stripes of the same yarn, and two blues.
/// </summary>
public static class SockDesigns
{
    /// <summary>The fewest classes of which one of the alike pairs is among them.</summary>
    public const int ClassesWithAlikePair = 4;

    /// <summary>How many are taken where nobody says: <c>photos synth</c> and the camera <c>synthetic:SEED</c> agree on it.</summary>
    public const int UsualClasses = 8;

    private static readonly Entry[] Drawer =
    [
        new(
            "sailor-stripes", 1, Patterns.WideStripes,
            "F2F0E8 1F3263 1F3263 1F3263", "F4EFE4 B3262E B3262E B3262E", "F1EDE2 1E5E42 1E5E42 1E5E42"),
        new(
            "pin-stripes", 1, Patterns.NarrowStripes,
            "F2F0E8 1F3263 1F3263 1F3263", "F4EFE4 B3262E B3262E B3262E", "F1EDE2 1E5E42 1E5E42 1E5E42"),
        new("ocean-blue", 2, Patterns.OneRing, "1E3F86 F0F0F0 F0F0F0 1A3774", "20407C F2EEE0 F2EEE0 1B366B"),
        new("sky-blue", 2, Patterns.TwoRings, "629BDC F0F0F0 F0F0F0 578DCB", "689DD4 F2EEE0 F2EEE0 5B8EC4"),
        new("rainbow", 3, Patterns.Rainbow, "F3F1EC E0453A F2C53D 35489A", "2A2A30 E94B52 F6CF4F 2A2A30"),
        new("polka-dots", 4, Patterns.Dots, "D8315B FBF7F0 FBF7F0 FBF7F0", "1F8A85 FBF7F0 FBF7F0 12605D", "5B3A8C F6E9B9 F6E9B9 F6E9B9"),
        new("confetti", 5, Patterns.Confetti, "2B2D33 F7C548 EE5E6B 2B2D33", "3A2E4F F9D262 49C6B6 3A2E4F"),
        new("argyle", 6, Patterns.Argyle, "6B7A55 C9A24A F1EAD8 41502F", "7C2F3E C9B68E F1EAD8 4A1E28", "3E5368 A8BAC8 F1EAD8 2A3847"),
        new("checks", 7, Patterns.Checks, "F3EEE3 C23B32 7E1F1D C23B32", "F1F0E6 2F7D57 1A4C35 2F7D57"),
        new("hearts", 8, Patterns.Hearts, "F8D9DE D3213F D3213F D3213F", "F6EFE4 DB2E53 DB2E53 DB2E53"),
        new("badge", 9, Patterns.Badge, "9AA0A6 F4F1E8 D9482B 6D737A", "C7B79B F6F1E4 24557F A08F72"),
        new("zigzag", 10, Patterns.Zigzag, "E9913B 3A2A57 F9EBD2 3A2A57", "F0C23C 17505C F8F1DF 17505C"),
        new("stars", 11, Patterns.Stars, "17203F F6CB45 F6CB45 0F1730", "3B1E50 F3D878 F3D878 2B153B"),
        new(
            "heel-and-toe", 12, Patterns.Plain,
            "E6E0D2 E6E0D2 E6E0D2 D9541E", "DFDCD3 DFDCD3 DFDCD3 7D2E8C", "E8E4D6 E8E4D6 E8E4D6 0E8C6A"),
        new("waves", 13, Patterns.Waves, "BFE3DC 1D8A99 F7F6EE 126372", "CDE0F2 3C5FB5 F7F6EE 2A4488"),
        new("bananas", 14, Patterns.Bananas, "7FC8D6 F8D743 6B4A1E F8D743", "E58FA8 F9DE55 6B4A1E F9DE55"),
    ];

    /// <summary>How many designs there are: the highest number of classes.</summary>
    public static int Count => Drawer.Length;

    /// <summary>Every design as the seed dyes it, in the order in which <see cref="Pick"/> takes them.</summary>
    public static IReadOnlyList<SockDesign> All(int seed) => [.. Order(seed).Select(entry => entry.Dye(seed))];

    /// <summary>The first <paramref name="classes"/> designs of the seed: 8 classes hold the socks of 4 classes and more.</summary>
    /// <exception cref="SyntheticException">Fewer than 2 classes or more than <see cref="Count"/>.</exception>
    public static IReadOnlyList<SockDesign> Pick(int seed, int classes) =>
        classes < 2 || classes > Count ? throw SyntheticErrors.Classes(classes, Count) : [.. All(seed).Take(classes)];

    /// <summary>Its place in the drawer, whatever the seed: names its stream of random numbers.</summary>
    internal static int NumberOf(SockDesign design) => Array.FindIndex(Drawer, entry => entry.Name == design.Name);

    private static List<Entry> Order(int seed)
    {
        var dice = new Dice(seed, 101);
        var order = Drawer.ToArray();
        dice.Shuffle<Entry>(order);
        var pair = dice.Below(2) * 2;
        Entry[] alike = [Drawer[pair], Drawer[pair + 1]];
        var rest = order.Except(alike).ToList();
        rest.InsertRange(ClassesWithAlikePair - 2, alike);
        return rest;
    }

    /// <param name="Name">As in <see cref="SockDesign.Name"/>.</param>
    /// <param name="Dyer">Designs of one dyer get the same palette and the same shift of it: that makes a pair alike.</param>
    /// <param name="Pattern">Paints the tube.</param>
    /// <param name="Palettes">As <see cref="SockColours.Parse"/> reads them.</param>
    private sealed record Entry(string Name, int Dyer, Action<SKCanvas, SockColours> Pattern, params string[] Palettes)
    {
        public SockDesign Dye(int seed)
        {
            var dice = new Dice(seed, 102, Dyer);
            return new SockDesign(Name, SockColours.Parse(dice.Pick(Palettes)).Dye(dice), Pattern);
        }
    }
}
