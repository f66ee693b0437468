namespace ModelBuild.Compiler.Graph;

/// <summary>Kinds of element types.</summary>
internal static class DataTypes
{
    extension(DataType type)
    {
        /// <summary>A floating-point number of any width.</summary>
        public bool IsFloating => type is DataType.Float32 or DataType.Float64 or DataType.Float16 or DataType.BFloat16;

        /// <summary>An integer that stands for itself.</summary>
        public bool IsInteger => type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64
            or DataType.UInt8 or DataType.UInt16 or DataType.UInt32 or DataType.UInt64;

        /// <summary>An integer that stands for a real number by a range that comes with it.</summary>
        public bool IsQuantized => type is DataType.QInt8 or DataType.QUInt8 or DataType.QInt16 or DataType.QUInt16 or DataType.QInt32;

        /// <summary>A pair of real and imaginary part.</summary>
        public bool IsComplex => type is DataType.Complex64 or DataType.Complex128;

        /// <summary>Arithmetic is defined.</summary>
        public bool IsNumber => type.IsFloating || type.IsInteger || type.IsQuantized || type.IsComplex;

        /// <summary>Size of an element in a TensorFlow tensor; an error for strings and the like.</summary>
        public int Bytes => type switch
        {
            DataType.Bool or DataType.Int8 or DataType.UInt8 or DataType.QInt8 or DataType.QUInt8 => 1,
            DataType.Float16 or DataType.BFloat16 or DataType.Int16 or DataType.UInt16 or DataType.QInt16 or DataType.QUInt16 => 2,
            DataType.Float32 or DataType.Int32 or DataType.UInt32 or DataType.QInt32 => 4,
            DataType.Float64 or DataType.Int64 or DataType.UInt64 or DataType.Complex64 => 8,
            DataType.Complex128 => 16,
            _ => throw Inference.Error($"{type} has no fixed size."),
        };
    }
}
