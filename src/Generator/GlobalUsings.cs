global using System;
global using Layers.PatchGen.Generator.Model;
global using Layers.PatchGen.Generator.Text;
