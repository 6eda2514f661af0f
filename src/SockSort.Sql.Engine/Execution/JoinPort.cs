namespace SockSort.Sql.Engine.Execution;

/// <summary>An operator with two inputs.</summary>
internal abstract class JoinOperator : Operator
{
    /// <param name="isLeft">Which input the change comes from.</param>
    public abstract void Process(ref Change change, bool isLeft);

    public sealed override void Process(ref Change change) => throw new InvalidOperationException("a join is entered through its ports");
}

/// <summary>One input of a join: where the operators before it hand their changes on.</summary>
internal sealed class JoinPort : Operator
{
    private readonly JoinOperator _join;
    private readonly bool _isLeft;

    public JoinPort(JoinOperator join, bool isLeft)
    {
        (_join, _isLeft) = (join, isLeft);
        Next = join;
    }

    public override void Process(ref Change change) => _join.Process(ref change, _isLeft);
}
