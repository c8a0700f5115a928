package io.calque.planner.shared;

import io.calque.planner.pushdown.SharedPart;
import org.apache.calcite.rel.RelNode;

/**
 * A plan in which several places read a common part. Immutable.
 *
 * @param plan with leaves that read the part
 * @param part what they read
 */
public record Finding(RelNode plan, SharedPart part) {}
