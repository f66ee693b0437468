using System;
using System.Collections.Generic;

namespace ModelBuild.Kernels;

/// <summary>How labelled axes walk through an array.</summary>
internal sealed class EinsumCopy
{
    /// <param name="order">Labels in the order of walking.</param>
    /// <param name="size">Sizes of the labels.</param>
    /// <param name="labels">Labels of the array's axes; one may occur several times (diagonal).</param>
    /// <param name="shape">Shape of the array; 1 at an axis of a larger label repeats it.</param>
    public EinsumCopy(char[] order, Dictionary<char, int> size, string labels, int[] shape)
    {
        int[] strides = new int[shape.Length];
        Shapes.Strides(shape, strides);
        Box = Array.ConvertAll(order, label => size[label]);
        Strides = new int[order.Length];
        for (int axis = 0; axis < labels.Length; axis++)
        {
            int place = Array.IndexOf(order, labels[axis]);
            if (shape[axis] != 1) Strides[place] += strides[axis];
            Diagonal |= labels.IndexOf(labels[axis]) != axis;
        }
    }

    /// <summary>Sizes of the axes walked.</summary>
    public int[] Box { get; }

    /// <summary>Steps in the array.</summary>
    public int[] Strides { get; }

    /// <summary>Only a diagonal of the array is walked.</summary>
    public bool Diagonal { get; }
}
