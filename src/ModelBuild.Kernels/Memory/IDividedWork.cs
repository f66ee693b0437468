namespace ModelBuild.Kernels;

/// <summary>Work in units that may be done in any order and at the same time, as each writes places of its own.</summary>
internal interface IDividedWork
{
    /// <summary>Does the units <paramref name="first"/> .. <paramref name="end"/> - 1.</summary>
    void Run(int first, int end);
}
