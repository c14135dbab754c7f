using Kalmar.Manager.State;

namespace Kalmar.Manager.Tests.State;

public sealed class UserRoleNamesTests
{
    [Fact]
    public void Every_role_comes_back_from_its_name()
    {
        foreach (UserRole role in Enum.GetValues<UserRole>())
        {
            Assert.True(UserRoleNames.TryParse(role.ToName(), out UserRole parsed));
            Assert.Equal(role, parsed);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Superuser")]
    [InlineData("root")]
    public void Unknown_name_is_no_role(string? name) => Assert.False(UserRoleNames.TryParse(name, out _));
}
