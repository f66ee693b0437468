namespace ModelBuild.Kernels.Tests;

/// <summary>Where a test's buffers lie.</summary>
public enum Placement
{
    /// <summary>In a workspace, among others.</summary>
    Workspace,

    /// <summary>Directly after a page that must not be touched.</summary>
    AfterGuard,

    /// <summary>Directly before a page that must not be touched.</summary>
    BeforeGuard,
}
