package org.pellang.compiler.opt;

import java.util.List;
import org.pellang.compiler.ir.Form;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.IrVerifier;
import org.pellang.compiler.ir.OwnedLoop;

/** Applies all rules to every loop until none changes it. */
public final class Optimizer {
    /** More than any loop needs: each rule makes a loop simpler. */
    private static final int MAX_ROUNDS = 20;

    private static final List<LoopRule> RULES =
            List.of(new HaloInsteadOfFetch(), new DropHaloOfOwn(), new DropGiveBackOfOwn(), new PackHalos(), new FetchInPanels(), new SelectForm());

    /** What is better seen from further away, when the loops are as they should be. */
    private static final List<ProgramRule> PROGRAM_RULES = List.of(new KeepFetched(), new FuseHalos());

    private Optimizer() {}

    /** The improved program. */
    public static IrProgram optimize(IrProgram program) {
        IrProgram now = program.map(Optimizer::optimize);
        for (ProgramRule rule : PROGRAM_RULES) {
            now = rule.apply(now).map(IrVerifier::verify);
        }
        return now;
    }

    /** An improved program as it can run on a JVM without the module with vectors. */
    public static IrProgram withoutVectors(IrProgram optimized) {
        return optimized.map(loop -> loop.form() == Form.VECTOR ? loop.withForm(Form.SCALAR, "without vectors") : loop);
    }

    private static OwnedLoop optimize(OwnedLoop loop) {
        OwnedLoop now = IrVerifier.verify(loop);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            OwnedLoop before = now;
            for (LoopRule rule : RULES) {
                now = IrVerifier.verify(rule.apply(now));
            }
            if (now == before) {
                return now;
            }
        }
        return now;
    }
}
