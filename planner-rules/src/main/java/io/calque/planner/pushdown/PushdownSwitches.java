package io.calque.planner.pushdown;

import io.calque.spi.SourceId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the session lets be pushed. Immutable.
 *
 * @param classes kinds of work that may be pushed
 * @param offSources sources that get bare scans only
 * @param bindsAlways whether keys are sent wherever they can be, not only where it pays
 * @param localOperators what does the work that stays
 * @param sharedFetches whether what several places read is fetched once
 * @param keyFiltering whether rows without a partner are left out here where their source was not sent the keys
 * @param keyRanges whether sources are asked for what is between the least and the greatest key
 * @param joinOrders how the order of inner joins is found
 */
public record PushdownSwitches(
        Set<OperatorClass> classes,
        Set<SourceId> offSources,
        boolean bindsAlways,
        LocalOperators localOperators,
        SharedFetches sharedFetches,
        KeyFiltering keyFiltering,
        KeyRanges keyRanges,
        JoinOrders joinOrders) {
    public static final PushdownSwitches ALL_ON = new PushdownSwitches(EnumSet.allOf(OperatorClass.class), Set.of());
    public static final PushdownSwitches ALL_OFF = new PushdownSwitches(
            EnumSet.noneOf(OperatorClass.class),
            Set.of(),
            false,
            LocalOperators.SPILLING,
            SharedFetches.OFF,
            KeyFiltering.OFF,
            KeyRanges.OFF,
            JoinOrders.GREEDY);

    /** Joins are bound and fetches shared by cost, and our own operators do what stays. */
    public PushdownSwitches(Set<OperatorClass> classes, Set<SourceId> offSources) {
        this(
                classes,
                offSources,
                false,
                LocalOperators.SPILLING,
                SharedFetches.BY_COST,
                KeyFiltering.UNSENT,
                KeyRanges.BY_COST,
                JoinOrders.BY_COST);
    }

    public PushdownSwitches {
        classes = classes.isEmpty() ? EnumSet.noneOf(OperatorClass.class) : EnumSet.copyOf(classes);
        offSources = Set.copyOf(offSources);
    }

    public boolean allows(OperatorClass kind, SourceId source) {
        return classes.contains(kind) && !offSources.contains(source);
    }

    /** A text that differs whenever the switches differ: part of the plan cache's key. */
    public String digest() {
        return List.copyOf(classes)
                + " "
                + new TreeSet<>(offSources)
                + (bindsAlways ? " always " : " ")
                + localOperators
                + " "
                + sharedFetches
                + " "
                + keyFiltering
                + " "
                + keyRanges
                + " "
                + joinOrders;
    }
}
