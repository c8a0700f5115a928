package io.calque.app.doctor;

import java.util.List;

/** Looks at one part. What a check throws is a defect; what it finds wrong it returns. */
@FunctionalInterface
public interface Check {
    List<Finding> findings();
}
