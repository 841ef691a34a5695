// Runs the tests whose full name contains one of the arguments, in one process: where the usual runner, which starts others, is no help.
using System.Reflection;
using AutoDiff.Emulated;
using AutoDiff.Tests.House;
using Xunit.Abstractions;
using Xunit.Sdk;

Report report = new();
using XunitTestFramework framework = new(report);
Assembly tests = typeof(LayeringTests).Assembly;
using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(new ReflectionAssemblyInfo(tests));
discoverer.Find(false, report, new Options());
report.Discovered.WaitOne();
ITestCase[] chosen = [.. report.Cases.Where(test => args.Any(
    part => $"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}".Contains(part, StringComparison.Ordinal)))];
using ITestFrameworkExecutor executor = framework.GetExecutor(tests.GetName());
Options options = new();
options.SetValue<bool?>("xunit.execution.DisableParallelization", true);
executor.RunTests(chosen, report, options);
report.Finished.WaitOne();
Console.WriteLine($"{chosen.Length} cases: {report.Passed} passed, {report.Failed} failed, {report.Skipped} skipped.");
return report.Failed > 0 || report.Passed == 0 ? 1 : 0;
