namespace ModelBuild.Kernels.Tests;

/// <summary>What <see cref="InstructionSetTests"/> runs in child processes: the same checks with other instruction sets.</summary>
internal static class Program
{
    public static void Main() => Console.Write(FixedLayers.Report());
}
