// Asked for by init-only properties, and absent from netstandard2.0.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
