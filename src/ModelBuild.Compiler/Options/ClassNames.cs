using System.Globalization;
using System.Text;
using ModelBuild.Compiler.Import.Formats;

namespace ModelBuild.Compiler.Options;

/// <summary>The name of the generated class where the user gives none.</summary>
internal static class ClassNames
{
    /// <summary>"mobilenet_v2.pb" gives "MobilenetV2", "2d-größe.pb" gives "Model2dGröße", "mnist/saved_model.pb" gives "Mnist".</summary>
    public static string From(string modelPath)
    {
        StringBuilder name = new();
        bool starts = true;
        foreach (char character in Path.GetFileNameWithoutExtension(ModelFiles.Name(modelPath)))
        {
            if (!char.IsLetterOrDigit(character))
            {
                starts = true;
                continue;
            }
            name.Append(starts ? char.ToUpper(character, CultureInfo.InvariantCulture) : character);
            starts = false;
        }
        return name.Length == 0 || char.IsDigit(name[0]) ? "Model" + name : name.ToString();
    }
}
