using System.Globalization;

namespace ModelBuild.Plan;

/// <summary>Reads the text form that <see cref="PlanWriter"/> writes.</summary>
public static class PlanReader
{
    /// <exception cref="FormatException">The text is not a plan of this version; the message names the line.</exception>
    public static ModelPlan Read(string text)
    {
        string source = "", space = "", name = "", access = "", resource = "";
        int blobBytes = 0, arenaBytes = -1, parallelism = 1, number = 0;
        List<string> remarks = [], labels = [];
        List<PlanPort> inputs = [], outputs = [];
        List<PlanTensor> tensors = [];
        List<PlanBuffer> buffers = [];
        List<PlanConstant> constants = [];
        List<PlanLayer> layers = [];
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (number == 1 && line.TrimEnd('\r') != PlanWriter.Header)
                throw new FormatException($"Not a plan: the first line is not \"{PlanWriter.Header}\".");
            if (number == 1 || line.Trim().Length == 0) continue;
            PlanLineReader words = new(line.TrimEnd('\r'), number);
            switch (words.Word())
            {
                case "source": source = words.Text(); break;
                case "class": (space, name, access) = (words.Text(), words.Text(), words.Text()); break;
                case "blob": (resource, blobBytes) = (words.Text(), words.Size()); break;
                case "arena": arenaBytes = words.Size(); break;
                case "parallelism": parallelism = words.Size(); break;
                case "remark": remarks.Add(words.Text()); break;
                case "label": labels.Add(words.Text()); break;
                case "input": inputs.Add(Port(words)); break;
                case "output": outputs.Add(Port(words)); break;
                case "tensor":
                    tensors.Add(new(words.Text(), words.Text(), words.Integers(), words.Size(), words.Size(), words.Text()));
                    break;
                case "buffer": buffers.Add(Buffer(words)); break;
                case "constant": constants.Add(new(words.Text(), words.Text(), words.Text())); break;
                case "entry": layers.Add(Layer(words, PlanRole.Entry, words.Size())); break;
                case "exit": layers.Add(Layer(words, PlanRole.Exit, words.Size())); break;
                case "layer": layers.Add(Layer(words, PlanRole.Inner, 0)); break;
                default: throw words.Error("unknown keyword");
            }
            words.ExpectEnd();
        }
        if (source.Length == 0 || name.Length == 0 || arenaBytes < 0) throw new FormatException($"Plan line {number}: the plan ends too early.");
        RequireDistinct("buffer", buffers.Select(buffer => buffer.Name).Concat(constants.Select(constant => constant.Name)));
        RequireDistinct("tensor", tensors.Select(tensor => tensor.Name));
        return new ModelPlan
        {
            Source = source, Namespace = space, ClassName = name, Access = access, Resource = resource, BlobBytes = blobBytes,
            ArenaBytes = arenaBytes, Parallelism = parallelism, Remarks = remarks, Labels = labels, Inputs = inputs, Outputs = outputs, Tensors = tensors,
            Buffers = buffers, Constants = constants, Layers = layers,
        };
    }

    private static void RequireDistinct(string what, IEnumerable<string> names)
    {
        HashSet<string> seen = [];
        foreach (string name in names)
            if (!seen.Add(name)) throw new FormatException($"The plan has two {what}s with the name \"{name}\".");
    }

    private static PlanPort Port(PlanLineReader words) =>
        new(words.Text(), words.Text(), words.Integers(), words.Boolean(), words.Text());

    private static PlanBuffer Buffer(PlanLineReader words)
    {
        string name = words.Text(), type = words.Text();
        IReadOnlyList<int> shape = words.Integers();
        int offset = words.Size();
        string remarks = words.Text();
        PlanGeometry? geometry = words.AtEnd ? null : new(words.Integer(), words.Integer(), words.Integer(), words.Integer());
        return new PlanBuffer(name, type, shape, offset, geometry, remarks);
    }

    private static PlanLayer Layer(PlanLineReader words, PlanRole role, int port)
    {
        string kind = words.Text(), name = words.Text(), remarks = words.Text();
        List<PlanParameter> parameters = [];
        while (!words.AtEnd) parameters.Add(new(words.Name(), words.Value()));
        return new PlanLayer(kind, name, role, port, parameters, remarks);
    }
}
