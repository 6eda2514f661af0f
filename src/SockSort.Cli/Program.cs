using SockSort.Cli;

ParentProcess.EndWithIt();
return await CommandLine.RunAsync(args);
