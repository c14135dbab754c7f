using Kalmar.Server.Views;

namespace Kalmar.Server.Tests.Views;

public sealed class PgStatesTests
{
    [Theory]
    [InlineData("active+clean", ViewState.Good)]
    [InlineData("active+clean+scrubbing+deep", ViewState.Busy)]
    [InlineData("active+remapped+backfilling", ViewState.Busy)]
    [InlineData("active+recovering", ViewState.Busy)]
    [InlineData("active+undersized+degraded", ViewState.Warning)]
    [InlineData("active+recovering+degraded", ViewState.Warning)]
    [InlineData("peering", ViewState.Warning)]
    [InlineData("creating+peering", ViewState.Warning)]
    [InlineData("active", ViewState.Warning)]
    [InlineData("something_new", ViewState.Warning)]
    [InlineData("undersized+peered", ViewState.Warning)]
    [InlineData("unknown", ViewState.Bad)]
    [InlineData("down", ViewState.Bad)]
    [InlineData("stale+active+clean", ViewState.Bad)]
    [InlineData("active+clean+inconsistent", ViewState.Bad)]
    [InlineData("active+recovery_unfound+degraded", ViewState.Bad)]
    [InlineData("incomplete", ViewState.Bad)]
    public void State_is_shown_as_what_it_means_for_the_data(string states, ViewState shown) => Assert.Equal(shown, PgStates.Of(states));
}
