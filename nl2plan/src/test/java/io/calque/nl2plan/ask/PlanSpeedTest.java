package io.calque.nl2plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.question.QuestionPlanner.Asked;
import io.calque.spi.type.DataTypeText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Questions are planned quickly over a registry of 200 tables: 100 kinds of people and things, each with what they do. */
class PlanSpeedTest {
    private static final int PAIRS = 100;
    private static final int NAMES = 400;
    private static final SourceId SOURCE = new SourceId("big");
    private static final List<String> WORDS = List.of(
            "client", "claim", "vessel", "voyage", "student", "course", "patient", "visit", "tenant", "lease", "driver",
            "trip", "farm", "harvest", "plant", "repair", "sensor", "reading", "guest", "booking");
    private static final List<String> QUESTIONS = List.of(
            "How many clients live in Berlin?",
            "Which vessel has the highest weight?",
            "What is the total amount of claims per kind in 2022?",
            "List the names of the five clients with the most claims.",
            "How many guests have never made a booking?",
            "Average amount of bookings per month",
            "Which farms are in Paris or Rome?",
            "How many different cities do drivers come from?",
            "What is the total amount of trips in the last quarter of 2021?",
            "Who are the students from Oslo?");

    private static TableDescriptor table(String name, List<ForeignKeyDescriptor> keys, String... columns) {
        List<ColumnDescriptor> descriptors = new ArrayList<>();
        TreeMap<String, ColumnStatistics> statistics = new TreeMap<>();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            descriptors.add(
                    ColumnDescriptor.of(parts[0], DataTypeText.parse(parts[1]), parts[1], Nullability.NULLABLE));
        }
        statistics.put("city", values(List.of("Berlin", "Paris", "Rome", "Oslo")));
        statistics.put(
                "name",
                values(IntStream.range(0, NAMES)
                        .mapToObj(i -> name + " no " + i)
                        .toList()));
        TableDescriptor plain = TableDescriptor.of(new TableName(SOURCE, "public", name), TableKind.TABLE, descriptors);
        return new TableDescriptor(
                plain.name(),
                plain.kind(),
                plain.columns(),
                Optional.of(new KeyDescriptor("pk", List.of(descriptors.get(0).name()))),
                List.of(),
                keys,
                List.of(),
                Optional.empty(),
                new TableStatistics(OptionalDouble.of(10_000), Optional.of(Instant.EPOCH), statistics),
                "",
                plain.facts());
    }

    private static ColumnStatistics values(List<String> values) {
        return ColumnStatistics.UNKNOWN.withSamples(values);
    }

    private static Asked asked() {
        List<TableDescriptor> tables = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            String suffix = pair < WORDS.size() / 2 ? "" : "_" + pair;
            String who = WORDS.get(2 * pair % WORDS.size()) + suffix;
            String what = WORDS.get((2 * pair + 1) % WORDS.size()) + suffix;
            TableDescriptor people = table(
                    who,
                    List.of(),
                    who + "_id BIGINT",
                    "name VARCHAR",
                    "city VARCHAR",
                    "weight DECIMAL(10, 2)",
                    "email VARCHAR",
                    "created_on DATE",
                    "phone VARCHAR",
                    "status_code VARCHAR",
                    "is_active BOOLEAN",
                    "remarks VARCHAR");
            tables.add(people);
            tables.add(table(
                    what,
                    List.of(new ForeignKeyDescriptor("fk", List.of(who + "_id"), people.name(), List.of(who + "_id"))),
                    what + "_id BIGINT",
                    who + "_id BIGINT",
                    "amount DECIMAL(12, 2)",
                    what + "_date DATE",
                    "quantity INTEGER",
                    "kind VARCHAR",
                    "discount DECIMAL(5, 2)",
                    "channel VARCHAR",
                    "closed_on DATE",
                    "note VARCHAR"));
        }
        SourceSnapshot source =
                new SourceSnapshot(SOURCE, "fake", "", tables, Optional.of(Instant.EPOCH), Optional.empty());
        return new Asked(
                new CatalogSnapshot(1, Instant.EPOCH, List.of(source), List.of()),
                Principal.LOCAL,
                AccessPolicy.allowAll(),
                List.of());
    }

    @Test
    void plansInLessThanFiftyMilliseconds() {
        Asked asked = asked();
        assertThat(asked.catalog().sources().get(0).tables()).hasSize(2 * PAIRS);
        Questions questions = new Questions();
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long first = clock.getCurrentThreadCpuTime();
        plan(questions, QUESTIONS.get(1), asked);
        Duration derived = Duration.ofNanos(clock.getCurrentThreadCpuTime() - first);
        int answered = 0;
        List<Long> times = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (String question : QUESTIONS) {
                long start = clock.getCurrentThreadCpuTime();
                boolean planned = plan(questions, question, asked);
                if (round > 0) {
                    times.add(clock.getCurrentThreadCpuTime() - start);
                    answered += planned ? 1 : 0;
                }
            }
        }
        List<Long> sorted = times.stream().sorted().toList();
        Duration median = Duration.ofNanos(sorted.get(sorted.size() / 2));
        System.out.println("planning over 200 tables, CPU time: " + median.toNanos() / 1000 + " us in the median, "
                + sorted.get(sorted.size() - 1) / 1000 + " us at most; " + answered + " of " + times.size()
                + " planned; the first question " + derived.toMillis() + " ms");
        assertThat(answered).isGreaterThan(times.size() / 2);
        assertThat(median).isLessThan(Duration.ofMillis(50));
    }

    private static boolean plan(Questions questions, String question, Asked asked) {
        try {
            questions.plan(question, asked);
            return true;
        } catch (QueryException e) {
            return false;
        }
    }
}
