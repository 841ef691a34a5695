using System.Globalization;
using System.Text;

namespace AutoDiff;

/// <summary>Texts of records, in the invariant culture: what the compiler makes of their members goes by the current one.</summary>
internal static class Invariantly
{
    /// <summary>Name { Member = …, … }, as records print themselves.</summary>
    public static string Print(string name, Func<StringBuilder, bool> printMembers)
    {
        CultureInfo current = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            StringBuilder text = new StringBuilder(name).Append(" { ");
            return text.Append(printMembers(text) ? " }" : "}").ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = current;
        }
    }
}
