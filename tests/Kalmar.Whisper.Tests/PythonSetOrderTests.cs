namespace Kalmar.Whisper.Tests;

public sealed class PythonSetOrderTests
{
    [Fact]
    public void Sets_of_integers_are_walked_in_the_order_of_python()
    {
        using var python = new PythonWhisper();
        var random = new Random(7);
        var order = new PythonSetOrder();
        for (int i = 0; i < 400; i++)
        {
            long step = random.Next(1, 4000);
            long start = random.Next(3) == 0 ? 0 : random.NextInt64(0, uint.MaxValue / 2);
            long[] numbers = [.. Enumerable.Range(0, random.Next(1, 700)).Select(n => start + (step * (random.Next(2) == 0 ? n : random.Next(0, 900))))];
            string expected = python.Ask(["set-order", .. numbers.Select(PythonWhisper.Text)]);
            Assert.Equal(expected, string.Join(' ', order.Order(numbers)));
        }
    }
}
