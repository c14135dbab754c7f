namespace Kalmar.Sandbox.Packages;

/// <summary>A Debian package and a program by which it is known to be installed.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Program">A program that it brings.</param>
public readonly record struct CephPackage(string Package, string Program);
