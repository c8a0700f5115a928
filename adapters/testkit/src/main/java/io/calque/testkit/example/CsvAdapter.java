package io.calque.testkit.example;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.nio.file.Path;

/** Folders of CSV files: {@code url: csv:path/to/folder}. Stateless. */
public final class CsvAdapter implements Adapter {
    static final String KIND = "csv";
    private static final String PREFIX = "csv:";
    private static final String DELIMITER = "delimiter";

    @Override
    public String kind() {
        return KIND;
    }

    // [doc: open]
    @Override
    public Source open(SourceConfig config) {
        for (String option : config.options().keySet()) {
            if (!option.equals(DELIMITER)) {
                throw invalid(config, "has no option '" + option + "'; the only one is '" + DELIMITER + "'");
            }
        }
        String delimiter = config.options().getOrDefault(DELIMITER, ",");
        if (delimiter.length() != 1) {
            throw invalid(config, "option '" + DELIMITER + "' takes one character, not '" + delimiter + "'");
        }
        if (!config.url().startsWith(PREFIX)) {
            throw invalid(config, "needs a URL such as csv:path/to/folder, not '" + config.url() + "'");
        }
        return new CsvSource(config, Path.of(config.url().substring(PREFIX.length())), delimiter.charAt(0));
    }
    // [end]

    private static QueryException invalid(SourceConfig config, String what) {
        return new QueryException(ErrorCode.CONFIG_INVALID, "Source '" + config.id() + "' " + what);
    }
}
