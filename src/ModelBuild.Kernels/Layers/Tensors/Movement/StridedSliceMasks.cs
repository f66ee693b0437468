namespace ModelBuild.Kernels;

/// <summary>The bit masks of TensorFlow's StridedSlice; bit i speaks of entry i of begin, end and strides.</summary>
/// <param name="Begin">The entry of begin is not used: from the start (from the end with a negative stride).</param>
/// <param name="End">The entry of end is not used: to the end.</param>
/// <param name="Ellipsis">The entry stands for as many whole axes as are not spoken of; at most one bit.</param>
/// <param name="NewAxis">The entry is a new axis of one element.</param>
/// <param name="ShrinkAxis">The entry takes the one element at begin, and its axis is dropped.</param>
internal readonly record struct StridedSliceMasks(int Begin, int End, int Ellipsis, int NewAxis, int ShrinkAxis);
