using System.Text;
using Layers.PatchGen;

// Patches without HTTP: reads, applies, merges, compares and writes them. Pass bodies on the command line to try your own.
Recipe recipe = new("Focaccia", 4, "Better on the second day.", ["Mix", "Wait", "Bake"]);

string[] bodies = args.Length > 0 ? args :
[
    """{ "servings": 6, "note": null, "oven": { "time": "PT25M" } }""",
    """{ "oven": { "celsius": 230 } }""",
    """{ "servings": 6 }""",
    """{ "serving": 8, "title": "", "oven": { "celsius": "hot" } }""",
];

foreach (string body in bodies)
{
    Console.WriteLine(body);
    if (!RecipePatch.TryRead(Encoding.UTF8.GetBytes(body), out RecipePatch? patch, out PatchProblems problems))
    {
        foreach (PatchProblem problem in problems)
        {
            Console.WriteLine($"  {problem.Pointer}: {problem.Message} ({problem.Code})");
        }

        continue;
    }

    recipe = patch.ApplyTo(recipe, out MemberSet<RecipePatch> changed);
    Console.WriteLine($"  changed: {(changed.IsEmpty ? "nothing" : changed)}");
}

// A patch created in code contains what was set, and nothing else.
RecipePatch bigger = new() { Servings = 12 };
RecipePatch both = bigger.Merge(new RecipePatch { Steps = ["Mix", "Wait longer", "Bake"] });
Console.WriteLine(both.ToJson());

// The difference of two documents is a patch.
Recipe doubled = both.ApplyTo(recipe);
Console.WriteLine(RecipePatch.Diff(doubled, recipe).ToJson());
