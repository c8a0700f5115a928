package io.calque.nl2plan.draft.request;

/** Lengths of calendar time. */
public enum TimeUnit {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR
}
