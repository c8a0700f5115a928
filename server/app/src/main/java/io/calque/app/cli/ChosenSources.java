package io.calque.app.cli;

import io.calque.app.config.Configuration;
import io.calque.app.config.NearestName;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.util.List;

/** The sources that a command is to work on. */
record ChosenSources(Configuration configuration) {
    /**
     * @param names empty for all
     * @throws QueryException CONFIG_INVALID for a name that is not configured, with the nearest one
     */
    List<SourceId> named(List<String> names) {
        List<SourceId> configured =
                configuration.sources().stream().map(source -> source.id()).toList();
        if (names.isEmpty()) {
            return configured;
        }
        List<String> known = configured.stream().map(SourceId::value).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new QueryException(
                        ErrorCode.CONFIG_INVALID,
                        "No source is called '" + name + "'; configured: " + String.join(", ", known) + "."
                                + NearestName.hint(name, known));
            }
        }
        return names.stream().map(SourceId::new).toList();
    }
}
