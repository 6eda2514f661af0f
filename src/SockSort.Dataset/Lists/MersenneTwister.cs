using System.Numerics;

namespace SockSort.Dataset.Lists;

/// <summary>MT19937 as Python's <c>random.seed(n)</c> starts it, with Python's way of drawing below a bound and of shuffling.</summary>
/// <remarks>Source: Matsumoto and Nishimura, mt19937ar.c, <c>init_by_array</c>; CPython's <c>random.py</c>.</remarks>
public sealed class MersenneTwister
{
    private const int Words = 624;
    private const int Shift = 397;

    private readonly uint[] _state = new uint[Words];
    private int _next = Words;

    /// <param name="seed">As given to <c>random.seed</c>; not negative.</param>
    public MersenneTwister(uint seed)
    {
        StartWith(19650218);
        for (int i = 1, step = 0; step < Words; step++)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1664525)) + seed;
            i = Following(i);
        }
        for (int i = 2, step = 0; step < Words - 1; step++)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1566083941)) - (uint)i;
            i = Following(i);
        }
        _state[0] = 0x80000000;
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextWord()
    {
        if (_next == Words)
            Refill();
        var word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >> 18);
    }

    /// <summary>
    /// Uniform in 0 .. <paramref name="bound"/> - 1, as Python's <c>_randbelow</c>: bits are drawn again until they are below.
    /// </summary>
    /// <param name="bound">At least 1.</param>
    public int Below(int bound)
    {
        var bits = 32 - BitOperations.LeadingZeroCount((uint)bound);
        uint drawn;
        do
            drawn = NextWord() >> (32 - bits);
        while (drawn >= (uint)bound);
        return (int)drawn;
    }

    /// <summary>Shuffles as Python's <c>random.shuffle</c> does.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private void StartWith(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Words; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    private int Following(int i)
    {
        if (i + 1 < Words)
            return i + 1;
        _state[0] = _state[Words - 1];
        return 1;
    }

    private void Refill()
    {
        for (var i = 0; i < Words; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Words] & 0x7fffffff);
            _state[i] = _state[(i + Shift) % Words] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0df : 0);
        }
        _next = 0;
    }
}
