namespace Kalmar.Manager.Tests.State;

public sealed class SqliteStateTests : StateSuite
{
    protected override IStateUnderTest Make() => new SqliteUnderTest();
}
