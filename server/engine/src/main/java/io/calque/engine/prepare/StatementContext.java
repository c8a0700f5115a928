package io.calque.engine.prepare;

import io.calque.planner.pushdown.PushdownSwitches;
import io.calque.spi.access.Principal;
import java.time.ZoneId;
import java.util.List;

/**
 * All that preparing one statement depends on beside its text; with the text it is the plan cache's key. Immutable.
 *
 * @param snapshotVersion the catalog's version
 * @param sourcesVersion grows when a source is added, removed or configured anew
 * @param rights the access policy's digest for the principal
 */
public record StatementContext(
        long snapshotVersion,
        long sourcesVersion,
        Principal principal,
        String rights,
        List<String> searchPath,
        ZoneId timeZone,
        PushdownSwitches pushdown) {
    public StatementContext {
        searchPath = List.copyOf(searchPath);
    }
}
