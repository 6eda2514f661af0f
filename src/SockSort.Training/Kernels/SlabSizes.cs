namespace SockSort.Training.Kernels;

/// <summary>The sizes of a window that moves over a padded slab.</summary>
/// <param name="WindowRows">Of the window.</param>
/// <param name="WindowColumns">Of the window.</param>
/// <param name="StepY">Rows from one place to the next.</param>
/// <param name="StepX">Columns from one place to the next.</param>
/// <param name="Rows">Places downwards.</param>
/// <param name="Columns">Places across.</param>
internal sealed record SlabSizes(int WindowRows, int WindowColumns, int StepY, int StepX, int Rows, int Columns)
{
    /// <summary>Rows that the window passes over.</summary>
    public int NeededRows => (Rows - 1) * StepY + WindowRows;

    /// <summary>Columns that the window passes over.</summary>
    public int NeededColumns => (Columns - 1) * StepX + WindowColumns;

    /// <exception cref="ArgumentException">A slab is too small.</exception>
    public void Require(int places, int width, int window, int output)
    {
        if (width < NeededColumns || places < width * NeededRows || window < WindowRows * WindowColumns * SlabKernel.Channels
            || output < Rows * Columns * SlabKernel.Channels)
            throw new ArgumentException($"{places} places of {width} a row, {window} and {output} numbers do not fit {this}");
    }
}
