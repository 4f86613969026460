global using System;
global using Layers.PatchGen.Generator.Model;
