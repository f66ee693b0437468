namespace ModelBuild.Compiler.Graph;

/// <summary>Element types, with TensorFlow's numbers (types.proto); reference types have been stripped at import.</summary>
public enum DataType
{
    Float32 = 1, Float64 = 2, Int32 = 3, UInt8 = 4, Int16 = 5, Int8 = 6, String = 7, Complex64 = 8, Int64 = 9, Bool = 10,
    QInt8 = 11, QUInt8 = 12, QInt32 = 13, BFloat16 = 14, QInt16 = 15, QUInt16 = 16, UInt16 = 17, Complex128 = 18, Float16 = 19,
    Resource = 20, Variant = 21, UInt32 = 22, UInt64 = 23,
}
