Console.WriteLine("kalmar");
return 0;
