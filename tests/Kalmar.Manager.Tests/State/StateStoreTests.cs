using Kalmar.Manager.State;
using Microsoft.Data.Sqlite;

namespace Kalmar.Manager.Tests.State;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StateStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalmar-state-").FullName;

    private string File => Path.Combine(_folder, "state.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Store_reopened_still_knows_its_users()
    {
        await using (StateStore first = await OpenAsync())
        {
            Assert.Equal(0, await first.Users.CountAsync(Token));
            User? made = await first.Users.CreateAsync(new NewUser("Ada", "ada@example.org", UserRole.ReadWrite, "hash"), Token);
            Assert.NotNull(made);
        }

        await using StateStore second = await OpenAsync();
        User? found = await second.Users.FindByNameAsync("aDA", Token);
        Assert.NotNull(found);
        Assert.Equal(("Ada", "ada@example.org", UserRole.ReadWrite, "hash"), (found.Name, found.Email, found.Role, found.PasswordHash));
        Assert.Equal(found, await second.Users.FindAsync(found.Id, Token));
        Assert.Null(found.LastSignInAt);
    }

    [Fact]
    public async Task Store_file_is_readable_by_its_owner_only()
    {
        await using StateStore store = await OpenAsync();
        await store.Users.CreateAsync(new NewUser("a", "", UserRole.ReadOnly, "h"), Token);
        foreach (string file in Directory.GetFiles(_folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Create_of_a_name_taken_in_another_case_gives_nothing()
    {
        await using StateStore store = await OpenAsync();
        Assert.NotNull(await store.Users.CreateAsync(new NewUser("admin", "", UserRole.Superuser, "h1"), Token));
        Assert.Null(await store.Users.CreateAsync(new NewUser("ADMIN", "", UserRole.Superuser, "h2"), Token));
        Assert.Equal("h1", Assert.Single(await store.Users.ListAsync(Token)).PasswordHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    public async Task Create_of_an_unusable_name_is_refused(string name)
    {
        await using StateStore store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => store.Users.CreateAsync(new NewUser(name, "", UserRole.ReadOnly, "h"), Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => store.Users.CreateAsync(new NewUser(new string('x', User.MaxNameLength + 1), "", UserRole.ReadOnly, "h"), Token));
    }

    [Fact]
    public async Task Names_with_quotes_are_names()
    {
        await using StateStore store = await OpenAsync();
        const string Name = "Robert'); DROP TABLE users; --";
        Assert.NotNull(await store.Users.CreateAsync(new NewUser(Name, "", UserRole.ReadOnly, "h"), Token));
        Assert.Equal(Name, (await store.Users.FindByNameAsync(Name, Token))?.Name);
    }

    [Fact]
    public async Task SetPassword_changes_the_stamp_and_Rehash_does_not()
    {
        await using StateStore store = await OpenAsync();
        User user = (await store.Users.CreateAsync(new NewUser("a", "", UserRole.ReadOnly, "h1"), Token))!;
        User changed = (await store.Users.SetPasswordAsync(user.Id, "h2", Token))!;
        Assert.NotEqual(user.SecurityStamp, changed.SecurityStamp);
        await store.Users.RehashAsync(user.Id, "h1", "stale", Token);
        Assert.Equal("h2", (await store.Users.FindAsync(user.Id, Token))!.PasswordHash);
        await store.Users.RehashAsync(user.Id, "h2", "h3", Token);
        User rehashed = (await store.Users.FindAsync(user.Id, Token))!;
        Assert.Equal(("h3", changed.SecurityStamp), (rehashed.PasswordHash, rehashed.SecurityStamp));
    }

    [Fact]
    public async Task Deleted_user_is_gone_and_its_number_is_not_used_again()
    {
        await using StateStore store = await OpenAsync();
        User user = (await store.Users.CreateAsync(new NewUser("a", "", UserRole.ReadOnly, "h"), Token))!;
        Assert.True(await store.Users.DeleteAsync(user.Id, Token));
        Assert.False(await store.Users.DeleteAsync(user.Id, Token));
        Assert.Null(await store.Users.FindAsync(user.Id, Token));
        Assert.Null(await store.Users.SetPasswordAsync(user.Id, "h", Token));
        User next = (await store.Users.CreateAsync(new NewUser("a", "", UserRole.ReadOnly, "h"), Token))!;
        Assert.NotEqual(user.Id, next.Id);
    }

    [Fact]
    public async Task NoteSignIn_is_remembered()
    {
        await using StateStore store = await OpenAsync();
        User user = (await store.Users.CreateAsync(new NewUser("a", "", UserRole.ReadOnly, "h"), Token))!;
        await store.Users.NoteSignInAsync(user.Id, Token);
        Assert.NotNull((await store.Users.FindAsync(user.Id, Token))!.LastSignInAt);
    }

    [Fact]
    public async Task File_that_is_no_database_is_a_clear_error()
    {
        await System.IO.File.WriteAllTextAsync(File, string.Concat(Enumerable.Repeat("this is no database. ", 400)), Token);
        StateStoreException e = await Assert.ThrowsAsync<StateStoreException>(OpenAsync);
        Assert.Contains(File, e.Message, StringComparison.Ordinal);
        Assert.Contains("restore", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_not_there_is_a_clear_error()
    {
        SqliteDatabase database = new(Path.Combine(_folder, "none", "state.db"));
        StateStoreException e = await Assert.ThrowsAsync<StateStoreException>(() => StateStore.OpenAsync(database, TimeProvider.System, Token));
        Assert.Contains(Path.Combine(_folder, "none"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_of_a_newer_Kalmar_is_refused()
    {
        await using (await OpenAsync())
        {
            await using SqliteConnection connection = new($"Data Source={File}");
            await connection.OpenAsync(Token);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_versions VALUES (999, 'future', 0)";
            await command.ExecuteNonQueryAsync(Token);
        }

        StateStoreException e = await Assert.ThrowsAsync<StateStoreException>(OpenAsync);
        Assert.Contains("schema 999", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_are_numbered_without_holes() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(m => m.Version));

    private Task<StateStore> OpenAsync() => StateStore.OpenAsync(new SqliteDatabase(File), TimeProvider.System, Token);
}
