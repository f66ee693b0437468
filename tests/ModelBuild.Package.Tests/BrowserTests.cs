using PuppeteerSharp;
using Xunit.Abstractions;

namespace ModelBuild.Package.Tests;

/// <summary>The sample in a browser, by WebAssembly, against the sample on this machine.</summary>
[Collection(PackageCollection.Name)]
public class BrowserTests(ITestOutputHelper output)
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Port = 47613;

    [SkippableFact]
    public async Task Gives_the_same_bits_in_a_browser()
    {
        Skip.IfNot(File.Exists(Chromium), "No browser: install chromium.");
        string folder = Directory.CreateTempSubdirectory("modelbuild-browser-").FullName;
        try
        {
            string repository = Package.Repository;
            CommandLine.Run(repository, "dotnet", ["publish", "samples/Browser", "-c", "Release", "--artifacts-path", folder, "-o", Path.Combine(folder, "site")]).Succeeded();
            string here = CommandLine.Run(repository, "dotnet", ["run", "--project", "samples/Digits", "-c", "Release", "--artifacts-path", folder]).Succeeded().Output;

            string browser = await Measured(Path.Combine(folder, "site", "wwwroot"));

            output.WriteLine(here + browser);
            string right = here.Split('(')[1].Split(' ')[0], fingerprint = here.Split('\n').Single(line => line.StartsWith("outputs", StringComparison.Ordinal)).Split(' ', ',')[4];
            Assert.Contains($"{right} of 597 right", browser, StringComparison.Ordinal);
            Assert.Contains(fingerprint, browser, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the page says after its button was pressed.</summary>
    private static async Task<string> Measured(string folder)
    {
        using StaticSite site = new(folder, Port);
        await using IBrowser browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        IPage page = await browser.NewPageAsync();
        await page.GoToAsync(site.Address);
        IElementHandle button = await page.WaitForSelectorAsync("#measure");
        await button.ClickAsync();
        IElementHandle result = await page.WaitForSelectorAsync("#result", new WaitForSelectorOptions { Timeout = 120_000 });
        if (Environment.GetEnvironmentVariable("MODELBUILD_SCREENSHOT") is { } path) await page.ScreenshotAsync(path);
        return await result.EvaluateFunctionAsync<string>("e => e.textContent");
    }
}
