using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>How the experiments speak.</summary>
internal static class Show
{
    /// <summary>One paragraph of markup, whose line breaks are the source's only.</summary>
    public static void Paragraph(string markup) => AnsiConsole.MarkupLine(markup.ReplaceLineEndings(" "));

    /// <summary>Files have no width of their own; tables get room in them.</summary>
    public static void WidenWhenRedirected()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 140;
    }
}
