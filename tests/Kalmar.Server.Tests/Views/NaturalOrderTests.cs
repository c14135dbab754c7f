using Kalmar.Server.Views;

namespace Kalmar.Server.Tests.Views;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("osd.2", "osd.10")]
    [InlineData("host9", "host10a")]
    [InlineData("a", "B")]
    [InlineData("a", "ab")]
    [InlineData("", "a")]
    [InlineData("x99999999999999999999998", "x99999999999999999999999")]
    public void Smaller_comes_before_greater(string smaller, string greater)
    {
        Assert.True(NaturalOrder.Instance.Compare(smaller, greater) < 0);
        Assert.True(NaturalOrder.Instance.Compare(greater, smaller) > 0);
        Assert.Equal(0, NaturalOrder.Instance.Compare(smaller, smaller));
    }

    [Fact]
    public void Order_of_random_texts_is_consistent()
    {
        Random random = new(7);
        string[] texts = [.. Enumerable.Range(0, 300).Select(_ => new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "aB0.10"[random.Next(6)])]))];
        IComparable?[] sorted = [.. texts.Order(NaturalOrder.Instance)];
        for (int i = 0; i < sorted.Length; i++)
        {
            for (int j = i; j < sorted.Length; j++)
            {
                Assert.True(NaturalOrder.Instance.Compare(sorted[i], sorted[j]) <= 0, $"{sorted[i]} and {sorted[j]}");
            }
        }
    }
}
