using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports what reads and analyses sound.</summary>
internal static class SoundImport
{
    public static IReadOnlyList<Value> Wav(ImportContext context)
    {
        DecodeWav decode = new(context.Attributes.Integer("desired_channels", -1), context.Attributes.Integer("desired_samples", -1));
        return FileDecoding.Add(context, context.Name, decode);
    }

    public static Value Spectrogram(ImportContext context)
    {
        Attributes attributes = context.Attributes;
        Spectrogram spectrogram = new(
            attributes.Integer("window_size", 0), attributes.Integer("stride", 0), attributes.Boolean("magnitude_squared", false));
        return context.Add(spectrogram, context[0]);
    }

    public static Value Mfcc(ImportContext context)
    {
        Attributes attributes = context.Attributes;
        Mfcc mfcc = new(
            attributes.Integer("filterbank_channel_count", 40), attributes.Integer("dct_coefficient_count", 13),
            attributes.Float("lower_frequency_limit", 20), attributes.Float("upper_frequency_limit", 4000));
        return context.Add(mfcc, context[0], context[1]);
    }

    public static ImportOperation Fourier(FourierKind kind, int dimensions) => context =>
    {
        context.Attributes.Ignore("Tcomplex", "Treal");
        Fourier transform = new(kind, dimensions);
        return [transform.IsReal ? context.Add(transform, context[0], context[1]) : context.Add(transform, context[0])];
    };
}
