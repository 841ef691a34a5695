using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Samples.Regression;

return Options.Invoke(args, options =>
{
    LevenbergMarquardt method = new() { GeodesicAcceleration = options.Geodesic, InitialRadius = options.Radius };
    IEnumerable<NistModel> models = options.Set is null ? NistModel.All : [NistModel.Load(options.Set)];
    int[] starts = options.Start is null ? [1, 2] : [options.Start.Value];
    Fit[] fits = [.. models.SelectMany(model => starts.Select(start => Fit.Of(model, start, method)))];
    Report.Table(fits);
    if (options.Set is null)
        return Report.Summary(fits) ? 0 : 1;
    foreach (Fit fit in fits)
        Report.Detail(fit);
    return 0;
});
