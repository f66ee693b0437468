namespace ModelBuild.Plan;

/// <summary>
/// A constant that layers read like a value of the working memory. It lies outside of it, is decoded once and serves all calls;
/// no layer may write to it.
/// </summary>
/// <param name="Name">Unique name among buffers and constants, for <see cref="PlanValue.Buffer"/>.</param>
/// <param name="Tensor">Element type, shape and place in the blob.</param>
public sealed record PlanConstant(string Name, PlanTensor Tensor);
