namespace AutoDiff.Engine;

/// <summary>
/// The adjoint sweep over a recorded stretch, itself recorded: an array operation's adjoint is one or a few array operations, a scalar's a
/// few scalar ones. Slots before the stretch's inputs are constants to it: their handles keep what the caller's derivatives need, and what
/// would be added to their adjoints is dropped. So is what does not depend on the inputs; and what nothing was added to is skipped.
/// </summary>
/// <remarks>
/// An adjoint arrives in parts: blocks for ranges of slots, and scalars for single slots. They wait until the instruction that wrote the
/// slots is reached, and are joined then.
/// </remarks>
internal sealed unsafe class RecordedAdjoint
{
    private readonly Recorder _recorder;
    private readonly Recording _recording;
    private readonly int _inputs, _firstSlot, _firstInstruction, _endInstruction, _endSlot;
    private readonly Dependence _dependence;

    /// <summary>Scalar operations go through the reference interpreter over <see cref="Var"/>; its adjoints are the scalar parts.</summary>
    private readonly Interpreter<Var> _scalars;

    // The part whose end is furthest back in the recording comes last.
    private readonly PriorityQueue<Part, int> _pending = new();
    private readonly List<Part> _block = [];

    /// <summary>A sweep from the recording's end back to <paramref name="firstInstruction"/>, which writes <paramref name="firstSlot"/>;
    /// the inputs stand before it.</summary>
    public RecordedAdjoint(Recorder recorder, int firstInstruction, int firstSlot, int inputCount)
    {
        _recorder = recorder;
        _recording = recorder.Flush();
        (_firstInstruction, _endInstruction) = (firstInstruction, recorder.InstructionCount);
        (_inputs, _firstSlot, _endSlot) = (firstSlot - inputCount, firstSlot, recorder.SlotCount);
        _dependence = new Dependence(_recording, _firstInstruction, _endInstruction, _inputs, _firstSlot, _endSlot);
        _scalars = new Interpreter<Var>(
            _recording, new SlotBlock<Var>(_endSlot, _endSlot, Scalar),
            new SlotBlock<Var>(_inputs, _endSlot, null, _dependence.Flags, Zeros.Structural));
    }

    /// <summary>The numbers of the instructions' side table; it moves when something is recorded.</summary>
    public int* Extra => _recording.Extra;

    public Recording Recording => _recording;

    /// <summary>Whether an input of the caller's is infinite.</summary>
    public bool IsAtInfinity => _scalars.IsAtInfinity;

    /// <summary>Part of an adjoint, for the slots from <paramref name="Slot"/> on.</summary>
    private readonly record struct Part(int Slot, VarVector Value)
    {
        public int End => Slot + Value.Length;

        public bool Covers(Part other) => Slot == other.Slot && Value.Length == other.Value.Length;
    }

    /// <summary>Whether adjoints of a slot are wanted.</summary>
    public bool IsVariable(int slot) => _scalars.IsVariable(slot);

    /// <summary>Whether adjoints of some of the slots are wanted.</summary>
    public bool IsVariable(int slot, int length) => _dependence.IsVariable(slot, length);

    /// <inheritdoc cref="IsVariable(int, int)"/>
    public bool IsVariable(ArrayOperand operand, int length) => _dependence.IsVariable(operand, length);

    /// <inheritdoc cref="IsVariable(int, int)"/>
    public bool IsVariable(ArrayOperand operand, int rows, int columns) => _dependence.IsVariable(operand, rows, columns);

    /// <summary>Whether some of an operand's numbers depend on variables, the caller's included.</summary>
    public bool MayVary(ArrayOperand operand, int rows, int columns) =>
        operand.IsActive && _recording.Dependence.IsVariable(operand, rows, columns);

    /// <summary>The variables in a block of slots.</summary>
    public VarVector Block(int slot, int length) => new(_recorder, _recorder.EpochWord | (uint)slot, length);

    /// <summary>An operand of an operation on rows × columns, not repeated where the operation repeats it.</summary>
    public VarMatrix Operand(ArrayOperand operand, int rows, int columns) =>
        new(operand.View(_recorder, operand.RowStride == 0 ? 1 : rows, operand.ColumnStride == 0 ? 1 : columns));

    /// <summary>An operand that stands in one block.</summary>
    public VarVector Operand(ArrayOperand operand, int length) => new(operand.View(_recorder, 1, length));

    /// <summary>x̄ += φ′ · ȳ, for the slots from <paramref name="slot"/> on.</summary>
    public void Accumulate(int slot, VarVector partial, VarVector yBar, PartialKind kind) =>
        Add(slot, new VarVector(Elementwise.ChainProduct(partial.View, yBar.View, kind)));

    /// <summary>x̄ += φ′ · ȳ, for an operand that the operation may have repeated.</summary>
    public void Accumulate(ArrayOperand operand, VarMatrix partial, VarMatrix yBar, PartialKind kind) =>
        Add(operand, new VarMatrix(Elementwise.ChainProduct(partial.View, yBar.View, kind)));

    /// <summary>x̄ += contribution, for an operand that the operation may have repeated along rows, columns or both.</summary>
    public void Add(ArrayOperand operand, VarMatrix contribution)
    {
        if (IsZero(contribution.Block))
            return;
        bool sumsRows = operand.RowStride == 0 && contribution.Rows > 1, sumsColumns = operand.ColumnStride == 0
            && contribution.Columns > 1;
        if (sumsRows && sumsColumns)
            Add(operand.Slot, contribution.Sum());
        else
            Add(operand.Slot, sumsRows ? contribution.SumRows() : sumsColumns ? contribution.SumColumns() : contribution.Flatten());
    }

    /// <summary>x̄ += contribution, for the slots from <paramref name="slot"/> on.</summary>
    public void Add(int slot, VarVector contribution)
    {
        if (IsZero(contribution.View) || !IsVariable(slot, contribution.Length))
            return;
        if (contribution.Length == 1)
            Add(slot, contribution[0]);
        else if (contribution.Length > 1)
            Wait(new Part(slot, contribution));
    }

    /// <summary>x̄ += contribution, for one slot.</summary>
    public void Add(int slot, Var contribution)
    {
        if (IsVariable(slot))
            _scalars.Add(slot, contribution);
    }

    /// <summary>Carries the adjoints that were added back to the inputs, and returns theirs.</summary>
    public VarVector Run()
    {
        int slot = _endSlot;
        for (int i = _endInstruction - 1; i >= _firstInstruction; i--)
        {
            // Read anew each time: recording may have moved them.
            (ushort code, int a, int b) = (_recording.Codes[i], _recording.Operands[i].A, _recording.Operands[i].B);
            Operation operation = Operation.Get(code);
            if (code >= OpCode.ArrayFlag)
            {
                slot -= b;
                if (TryJoin(slot, b, out VarVector bar))
                    operation.RecordAdjoint(this, a, Block(slot, b), bar);
            }
            else
            {
                slot--;
                while (TryTake(slot, out Part part))
                    _scalars.Add(slot, part.Value[0]);
                if (!IsZero(_scalars.Adjoints[slot]))
                    operation.Reverse(_scalars, a, b, slot);
            }
        }
        bool any = TryJoin(_inputs, _firstSlot - _inputs, out VarVector inputs);
        _scalars.Adjoints.Release();
        return any ? inputs : new double[_firstSlot - _inputs];
    }

    /// <summary>An array operation's adjoint by its meaning over scalars, element by element.</summary>
    public void RunElementwise(Operation operation, int a, VarVector y, VarVector yBar)
    {
        int first = y.View.Slot;
        for (int i = 0; i < y.Length; i++)
            _scalars.Adjoints[first + i] = yBar[i];
        operation.Reverse(_scalars, a, y.Length, first);
    }

    private Var Scalar(int slot) => new(_recorder, _recorder.EpochWord | (uint)slot);

    // Structurally, that is: what cancelled is a constant 0 too.
    private static bool IsZero(Var x) => x.IsConstant && Zeros.IsStructural(x.Bits);

    private static bool IsZero(ArrayView x) => x.Owner is null && Zeros.IsStructural(BitConverter.UInt64BitsToDouble(x.Word));

    private void Wait(Part part) => _pending.Enqueue(part, -part.End);

    /// <summary>Takes the next part that ends behind <paramref name="start"/>; what it holds for slots before goes on waiting.</summary>
    private bool TryTake(int start, out Part part)
    {
        if (!_pending.TryPeek(out part, out _) || part.End <= start)
            return false;
        _pending.Dequeue();
        int before = start - part.Slot;
        if (before > 0)
        {
            Wait(new Part(part.Slot, part.Value[..before]));
            part = new Part(start, part.Value[before..]);
        }
        return true;
    }

    /// <summary>The sum of the parts that a block's adjoint has arrived in; false if there are none.</summary>
    private bool TryJoin(int start, int length, out VarVector sum)
    {
        _block.Clear();
        while (TryTake(start, out Part part))
            _block.Add(part);
        if (TryGather(start, length, out VarVector scalars))
            _block.Add(new Part(start, scalars));
        _block.Sort((x, y) => (x.Slot, x.Value.Length).CompareTo((y.Slot, y.Value.Length)));
        AddEqualRanges();
        sum = default;
        bool any = _block.Count > 0;
        for (bool first = true; _block.Count > 0; first = false)
        {
            VarVector layer = TakeLayer(start, length);
            sum = first ? layer : sum + layer;
        }
        return any;
    }

    private void AddEqualRanges()
    {
        int kept = 0;
        for (int i = 1; i < _block.Count; i++)
        {
            if (_block[kept].Covers(_block[i]))
                _block[kept] = new Part(_block[kept].Slot, _block[kept].Value + _block[i].Value);
            else
                _block[++kept] = _block[i];
        }
        if (_block.Count > 0)
            _block.RemoveRange(kept + 1, _block.Count - kept - 1);
    }

    /// <summary>As many parts as do not overlap, with zeros around them: one instruction, or none.</summary>
    private VarVector TakeLayer(int start, int length)
    {
        List<Part> layer = [];
        int end = start;
        _block.RemoveAll(part =>
        {
            if (part.Slot < end)
                return false;
            layer.Add(part);
            end = part.End;
            return true;
        });
        if (layer is [Part only] && only.Value.Length == length)
            return only.Value;
        List<VarVector> row = [];
        end = start;
        foreach (Part part in layer)
        {
            if (part.Slot > end)
                row.Add(None(part.Slot - end));
            row.Add(part.Value);
            end = part.End;
        }
        if (end < start + length)
            row.Add(None(start + length - end));
        return VarVector.Concat([.. row]);
    }

    private static double[] None(int length)
    {
        double[] none = new double[length];
        none.AsSpan().Fill(Zeros.Structural);
        return none;
    }

    /// <summary>The scalar parts of a block, as one vector; false if there are none.</summary>
    private bool TryGather(int start, int length, out VarVector vector)
    {
        ReadOnlySpan<bool> used = _scalars.Adjoints.Used(start, length);
        List<int> places = [];
        for (int i = used.IndexOf(true); i >= 0 && i < length; i++)
        {
            if (used[i] && !IsZero(_scalars.Adjoints[start + i]))
                places.Add(i);
        }
        vector = default;
        if (places.Count == 0)
            return false;
        if (places.Count == length)
        {
            vector = VarVector.Of(_scalars.Adjoints.AsSpan(start, length));
            return true;
        }
        Var[] present = new Var[places.Count];
        for (int k = 0; k < present.Length; k++)
            present[k] = _scalars.Adjoints[start + places[k]];
        vector = Structured.Linear<Rules.Transposed<Rules.Gather>>(VarVector.Of(present).View, 1, length, default, [.. places]);
        return true;
    }
}
