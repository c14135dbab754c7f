namespace Kalmar.Rados.Crush;

/// <summary>One step of a rule.</summary>
/// <param name="Op">What to do.</param>
/// <param name="Arg1">The item of take, the number of choose, the value of set.</param>
/// <param name="Arg2">The bucket type of choose.</param>
public readonly record struct CrushRuleStep(CrushRuleOp Op, int Arg1, int Arg2);
