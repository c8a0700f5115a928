package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Request.Measure;

/** That a sum would count rows more than once; another measure may say the same in finer rows. */
final class Repeated extends NotUnderstood {
    private static final long serialVersionUID = 1L;

    private final transient Measure measure;

    Repeated(Measure measure, String reason) {
        super(reason);
        this.measure = measure;
    }

    Measure measure() {
        return measure;
    }
}
