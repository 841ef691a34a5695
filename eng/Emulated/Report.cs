using Xunit;
using Xunit.Abstractions;

namespace AutoDiff.Emulated;

/// <summary>Counts, and tells of failures as they come.</summary>
internal sealed class Report : LongLivedMarshalByRefObject, IMessageSink
{
    public List<ITestCase> Cases { get; } = [];

    public ManualResetEvent Discovered { get; } = new(false);

    public ManualResetEvent Finished { get; } = new(false);

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found:
                Cases.Add(found.TestCase);
                break;
            case IDiscoveryCompleteMessage:
                Discovered.Set();
                break;
            case ITestPassed:
                Passed++;
                break;
            case ITestSkipped:
                Skipped++;
                break;
            case ITestFailed failed:
                Failed++;
                Console.WriteLine($"{failed.Test.DisplayName}: {string.Join(" ", failed.Messages)}");
                Console.WriteLine(string.Join("\n", failed.StackTraces));
                break;
            case ITestAssemblyFinished:
                Finished.Set();
                break;
        }
        return true;
    }
}
