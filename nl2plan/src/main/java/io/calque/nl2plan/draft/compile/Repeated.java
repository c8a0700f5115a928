package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request.Measure;

/** That a sum would count rows more than once; another measure may say the same in finer rows. */
public final class Repeated extends NotUnderstood {
    private static final long serialVersionUID = 1L;

    private final transient Measure measure;

    Repeated(Measure measure, String reason) {
        super(reason);
        this.measure = measure;
    }

    public Measure measure() {
        return measure;
    }
}
