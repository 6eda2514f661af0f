using SockSort.Cli;

return await CommandLine.RunAsync(args);
