package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.LocalWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each source is told for the 22 queries of TPC-H at scale factor 0.01 on either split, and what stays here with its reasons.
 * {@code -Dgolden.update=true} rewrites the script; read the difference.
 */
@ExtendWith(SharedTpch.class)
class TpchNativeTextsIT {
    private static final int QUERIES = 22;
    private static TpchInstallation tpch;

    @BeforeAll
    static void start(TpchInstallation shared) {
        tpch = shared;
    }

    @ParameterizedTest
    @EnumSource(TpchSplit.class)
    void sendsWhatTheScriptSays(TpchSplit split) throws IOException, SQLException {
        StringBuilder actual = new StringBuilder();
        for (int query = 1; query <= QUERIES; query++) {
            actual.append(NativeTexts.explain(tpch, split, query).text());
        }
        Path script = Path.of(
                System.getProperty("calque.root", "../.."),
                "server/benchmarks/src/test/resources/tpch/" + split.name().toLowerCase(Locale.ROOT) + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(script.getParent());
            Files.writeString(script, actual);
        }
        assertThat(actual.toString()).isEqualTo(Files.readString(script));
    }

    /** All their tables are in PostgreSQL. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 6, 12, 13, 18, 22})
    void runsWhollyInPostgres(int query) throws SQLException {
        NativeTexts texts = mixed(query);
        assertThat(texts.operators()).isEmpty();
        assertThat(texts.sentTo("pg")).hasSize(1);
    }

    /** The view stands twice in the query: PostgreSQL computes it once, and its maximum is that of the rows fetched. */
    @Test
    void computesRevenueInPostgresOnce() throws SQLException {
        NativeTexts texts = mixed(15);
        assertThat(texts.sentTo("pg"))
                .singleElement()
                .asString()
                .containsOnlyOnce("SUM(\"l_extendedprice\"")
                .contains("GROUP BY \"l_suppkey\"");
        assertThat(texts.operators()).anyMatch(line -> line.contains("SharedRows 1, read 2 of 2"));
    }

    /** What is asked of one collection is said to it; Q11 has no such condition. */
    @Test
    void filtersAndGroupsInMongo() throws SQLException {
        assertThat(mixed(2).sentTo("mongo")).anyMatch(text -> text.contains("p_size: 15, p_type: /BRASS\\z/s"));
        assertThat(mixed(16).sentTo("mongo"))
                .anyMatch(text -> text.contains("{p_brand: {$nin: [\"Brand#45\", null]}"))
                .anyMatch(text ->
                        text.contains("$match: {s_comment: /Customer.*Complaints/s}") && text.contains("$group"));
        assertThat(mixed(20).sentTo("mongo")).anyMatch(text -> text.contains("find({p_name: /^forest/s}"));
    }

    @ParameterizedTest
    @EnumSource(TpchSplit.class)
    void saysWhyEachLocalOperatorStayed(TpchSplit split) throws SQLException {
        for (int query = 1; query <= QUERIES; query++) {
            assertThat(LocalWork.unexplained(
                            NativeTexts.explain(tpch, split, query).lines()))
                    .as("Q%d, %s", query, split)
                    .isEmpty();
        }
    }

    private static NativeTexts mixed(int query) throws SQLException {
        return NativeTexts.explain(tpch, TpchSplit.MIXED, query);
    }
}
