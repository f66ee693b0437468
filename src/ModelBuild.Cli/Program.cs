return ModelBuild.Cli.CommandLine.Run(args, Console.Out, Console.Error);
