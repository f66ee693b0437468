namespace ModelBuild.Compiler.Diagnostics;

/// <summary>
/// Codes of errors and warnings; the number is the value, "MB" and four digits its printed form. 1xxx import, 2xxx
/// quantisation, 3xxx sparsity, 4xxx budgets, 5xxx naming, 6xxx build.
/// </summary>
public enum DiagnosticCode
{
    /// <summary>The model file does not exist.</summary>
    ModelFileMissing = 1001,

    /// <summary>The file is not a frozen graph: no protobuf, or another kind of one.</summary>
    NotAGraph = 1002,

    /// <summary>The file ends too early, or its checksums or structure are wrong.</summary>
    Truncated = 1003,

    /// <summary>A model of a format that is not read, a part of a model, or a file that holds no model.</summary>
    WrongFormat = 1004,

    /// <summary>The graph holds variables: it was not frozen.</summary>
    NotFrozen = 1005,

    /// <summary>Operations that cannot be imported or executed.</summary>
    UnsupportedOperations = 1006,

    /// <summary>It cannot be told which nodes are the outputs (or inputs), or the named ones do not exist.</summary>
    AmbiguousPorts = 1007,

    /// <summary>The graph contradicts itself: cycles, duplicate or missing nodes, types or shapes that do not fit.</summary>
    InvalidGraph = 1008,

    /// <summary>An operation's attribute has a value that is not supported.</summary>
    UnsupportedAttribute = 1009,

    /// <summary>A shape that must be known at build time depends on the data.</summary>
    DynamicShape = 1010,

    /// <summary>A data file is missing or unreadable.</summary>
    DataUnreadable = 2001,

    /// <summary>Data have a shape or element type that the model's input does not take.</summary>
    DataMismatch = 2002,

    /// <summary>Data contain NaN or infinity.</summary>
    DataNotFinite = 2003,

    /// <summary>The compressed model is less accurate than the budget allows.</summary>
    DropExceeded = 4001,

    /// <summary>The compressed model is larger than the budget allows.</summary>
    SizeExceeded = 4002,

    /// <summary>A warning: the model is as small as was asked for and far from the float one.</summary>
    SmallButFar = 4003,

    /// <summary>A class name, namespace or label is not valid.</summary>
    InvalidName = 5001,

    /// <summary>Two models would generate the same class.</summary>
    DuplicateName = 5002,

    /// <summary>A metadata value or command option is not known.</summary>
    UnknownOption = 6001,

    /// <summary>The project's target framework or language version is too old for the generated code.</summary>
    TargetTooOld = 6002,

    /// <summary>The generator found a plan that it cannot read.</summary>
    PlanUnreadable = 6003,

    /// <summary>A defect of the tool itself.</summary>
    InternalError = 6999,
}
