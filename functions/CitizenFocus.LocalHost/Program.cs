Console.WriteLine("LocalHost is being built.");
