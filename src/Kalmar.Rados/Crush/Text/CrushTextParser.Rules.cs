using static Kalmar.Rados.Crush.Text.CrushSource;

namespace Kalmar.Rados.Crush.Text;

/// <content>Rules and their steps.</content>
internal sealed partial class CrushTextParser
{
    /// <summary>The sizes that newer releases write when the text has none.</summary>
    private const byte DefaultMinSize = 1, DefaultMaxSize = 100;

    private void ParseRule()
    {
        Take();
        CrushToken? name = _current.Is("{") ? null : Name("the rule's name or '{'");
        Expect("{");
        if (!TryTake("ruleset"))
        {
            Expect("id");
        }

        (int id, CrushToken idToken) = Number("a rule number from 0 to 255", byte.MaxValue);
        Expect("type");
        byte type = Take() switch
        {
            { Text: "replicated" } => 1,
            { Text: "erasure" } => 3,
            { Text: "msr_firstn" } => 4,
            { Text: "msr_indep" } => 5,
            CrushToken other => throw other.Expected("replicated, erasure, msr_firstn or msr_indep"),
        };
        byte minSize = TryTake("min_size") ? Size() : DefaultMinSize;
        byte maxSize = TryTake("max_size") ? Size() : DefaultMaxSize;
        var rule = new RuleSource(name, (byte)id, idToken, type, minSize, maxSize);
        while (TryTake("step"))
        {
            rule.Steps.Add(ParseStep());
        }

        if (rule.Steps.Count == 0)
        {
            throw _current.Expected("'step'");
        }

        Expect("}", "'step' or '}'");
        _source.Rules.Add(rule);

        byte Size() => (byte)Number("a size from 0 to 255", byte.MaxValue).Value;
    }

    private StepSource ParseStep()
    {
        CrushToken step = Take();
        return step.Text switch
        {
            "take" => new StepSource(CrushRuleOp.Take, 0, Name("the name of a bucket or device"), DeviceClass(), null),
            "emit" => new StepSource(CrushRuleOp.Emit, 0, null, null, null),
            "noop" => new StepSource(CrushRuleOp.Noop, 0, null, null, null),
            "choose" => Choose(FirstN() ? CrushRuleOp.ChooseFirstN : CrushRuleOp.ChooseIndep),
            "chooseleaf" => Choose(FirstN() ? CrushRuleOp.ChooseLeafFirstN : CrushRuleOp.ChooseLeafIndep),
            "choosemsr" => Choose(CrushRuleOp.ChooseMsr),
            _ => CrushStepNames.SetSteps.TryGetValue(step.Text, out CrushRuleOp op)
                ? new StepSource(op, Number("a number from 0 on").Value, null, null, null)
                : throw step.Expected("a step (take, choose, chooseleaf, emit, set_choose_tries, set_chooseleaf_tries, …)"),
        };
    }

    private bool FirstN()
    {
        CrushToken mode = Take();
        return mode.Is("firstn") || (mode.Is("indep") ? false : throw mode.Expected("firstn or indep"));
    }

    private StepSource Choose(CrushRuleOp op)
    {
        int number = ToNumber(Take(), "how many to choose (0: as many as the pool's size, negative: so many less)", int.MinValue, int.MaxValue);
        Expect("type");
        return new StepSource(op, number, null, null, Name("the name of a type"));
    }
}
