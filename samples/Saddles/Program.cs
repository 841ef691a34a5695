using AutoDiff.Samples.Saddles;

Show.WidenWhenRedirected();
return Options.Invoke(
    args, [FirstSteps.Experiment, EscapeComparison.Experiment, NoiseExperiment.Experiment, MullerBrown.Experiment,
    ClusterExperiment.Experiment, KinkExperiment.Experiment]);
