using SockSort.Cli;
using SockSort.Cli.Training;

TrainingProcess.EndWithItsParent();
return await CommandLine.RunAsync(args);
