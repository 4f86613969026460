using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.Generator;

/// <summary>
/// The specs of declarations that mean what they meant before. The compiler asks for every one of them again after each edit, also one within a method that nothing looks at; and to ask what a
/// declaration means costs more than all else. A spec is given again only when no declaration of the whole project has changed, since any of them could change what a name means.
/// </summary>
/// <remarks>Nothing is kept alive by it: what it holds goes with the syntax that it was made from.</remarks>
internal static class SpecCache
{
    private static readonly ConditionalWeakTable<Compilation, Declarations> Known = new();
    private static readonly ConditionalWeakTable<SyntaxNode, Entry> Specs = new();
    private static readonly List<WeakReference<Declarations>> Recent = [];

    /// <summary>The spec of a declaration, made anew where it could be another.</summary>
    public static PatchSpec? GetOrParse(Compilation compilation, SyntaxNode declaration, Func<PatchSpec?> parse)
    {
        Declarations declarations = Known.GetValue(compilation, Find);
        if (Specs.TryGetValue(declaration, out Entry? entry) && entry.Declarations == declarations)
        {
            return entry.Spec;
        }

        PatchSpec? spec = parse();
        lock (Specs)
        {
            Specs.Remove(declaration);
            Specs.Add(declaration, new Entry(declarations, spec));
        }

        return spec;
    }

    private static Declarations Find(Compilation compilation)
    {
        lock (Recent)
        {
            foreach (WeakReference<Declarations> reference in Recent)
            {
                if (reference.TryGetTarget(out Declarations? known) && known.AreThoseOf(compilation))
                {
                    return known;
                }
            }

            var declarations = new Declarations(compilation);
            Recent.RemoveAll(static r => !r.TryGetTarget(out _));
            Recent.Add(new WeakReference<Declarations>(declarations));
            return declarations;
        }
    }

    private sealed class Entry(Declarations declarations, PatchSpec? spec)
    {
        public Declarations Declarations { get; } = declarations;

        public PatchSpec? Spec { get; } = spec;
    }

    /// <summary>All that gives names their meaning in a project.</summary>
    private sealed class Declarations(Compilation compilation)
    {
        private readonly string? _assembly = compilation.AssemblyName;
        private readonly CompilationOptions _options = Comparable(compilation.Options);
        private readonly ImmutableArray<MetadataReference> _references = compilation.ExternalReferences;
        private readonly SyntaxTree[] _trees = compilation.SyntaxTrees.ToArray();

        public bool AreThoseOf(Compilation other)
        {
            IEnumerable<SyntaxTree> trees = other.SyntaxTrees;
            return other.AssemblyName == _assembly && Comparable(other.Options).Equals(_options) && other.ExternalReferences.SequenceEqual(_references)
                && trees.Count() == _trees.Length && trees.Zip(_trees, static (now, before) => now == before || AreEquivalent(now, before)).All(static same => same);
        }

        // The compiler's own resolver throws when it is compared; the references that it resolved are compared instead.
        private static CompilationOptions Comparable(CompilationOptions options) => options.WithMetadataReferenceResolver(null);

        // What directives stand for is not seen in the tokens: '#nullable' changes what a type means.
        private static bool AreEquivalent(SyntaxTree now, SyntaxTree before) =>
            now.FilePath == before.FilePath && now.Options.Equals(before.Options)
            && !now.GetRoot().ContainsDirectives && !before.GetRoot().ContainsDirectives
            && SyntaxFactory.AreEquivalent(now, before, topLevel: true);
    }
}
