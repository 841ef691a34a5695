namespace AutoDiff;

// The elements one by one.
public readonly partial struct VarVector
{
    /// <summary>The elements as scalars, for code over <see cref="Var"/> arrays and spans; records nothing. <see cref="Of"/> is the way
    /// back, <see cref="ToValues"/> gives numbers.</summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public Var[] ToArray()
    {
        Live(nameof(ToArray));
        Var[] elements = new Var[Length];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = this[i];
        return elements;
    }

    /// <summary>Enumerates the elements for <see langword="foreach"/>; records and allocates nothing.</summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public Enumerator GetEnumerator()
    {
        Live(nameof(GetEnumerator));
        return new Enumerator(this);
    }

    /// <summary>The first elements as text, in the invariant culture; a stale vector says so instead of throwing.</summary>
    /// <remarks>Text lets values leave the recording: what is made of it is not known at another point. For logs there is
    /// <see cref="ToLogText"/>.</remarks>
    public override string ToString()
    {
        ArrayText.Mark(View, "vector");
        return ToLogText();
    }

    /// <summary>The first elements as text for logs and for people who debug. It leaves no mark, so nothing that the lambda returns or does
    /// may depend on it; a stale vector says so instead of throwing.</summary>
    public string ToLogText() => ArrayText.OfVector(View);

    /// <summary>Goes through the elements of a vector.</summary>
    public struct Enumerator
    {
        private readonly VarVector _vector;
        private int _index = -1;

        internal Enumerator(VarVector vector) => _vector = vector;

        /// <summary>The element reached.</summary>
        public readonly Var Current => _vector[_index];

        /// <summary>Goes on to the next element; false if there is none.</summary>
        public bool MoveNext() => ++_index < _vector.Length;
    }
}
