package io.calque.testkit.fuzz;

import java.util.List;

/**
 * Random tables over three databases.
 *
 * @param seed that made it
 * @param languageOrder whether the source PostgreSQL compares text as a language does
 */
public record FuzzWorld(long seed, boolean languageOrder, List<FuzzTable> tables) {
    public FuzzWorld {
        tables = List.copyOf(tables);
    }

    public FuzzWorld with(FuzzTable changed) {
        return new FuzzWorld(
                seed,
                languageOrder,
                tables.stream()
                        .map(t -> t.name().equals(changed.name()) ? changed : t)
                        .toList());
    }

    public FuzzTable table(String name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
