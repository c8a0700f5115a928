package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.testkit.rel.FragmentRels;
import io.calque.testkit.rel.RowComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Rows come through whole, in typed batches, in constant memory, and of one state where the session says so. */
interface ReadingContract extends Chapter {
    /** What reading a table of 24 MB may hold at once. */
    long MEMORY_BYTES = 10L << 20;

    @Test
    default void bringsEveryValueOfEveryTypeThrough() {
        for (FixtureTable table :
                List.of(Fixture.KINDS, Fixture.PEOPLE, Fixture.ORDERS, Fixture.VACANT, Fixture.TWINS)) {
            RelBuilder builder = world().rels().builder().scan(table.name());
            RelNode fragment = builder.project(world().fixture(table).columns().stream()
                            .map(c -> builder.field(c.name()))
                            .toList())
                    .build();
            assertThat(FragmentRels.verdict(world().source().capabilities(), fragment))
                    .as("choosing columns of %s", table.name())
                    .isEqualTo(Verdict.yes());
            NativeQuery query = world().source().compiler().compile(fragment);
            assertThat(RowComparison.difference(
                            fragment, world().expected(fragment, List.of()), world().read(query, Bindings.NONE)))
                    .as(table.name())
                    .isEmpty();
        }
    }

    @Test
    default void printsAQueryThatEqualsAnotherOfTheSameMeaning() {
        NativeQuery query = world().scan(Fixture.PEOPLE);
        NativeQuery again = world().scan(Fixture.PEOPLE);
        assertThat(query.text()).isNotBlank().contains(Fixture.PEOPLE.name());
        assertThat(query).isEqualTo(again).hasSameHashCodeAs(again);
        assertThat(query).isNotEqualTo(world().scan(Fixture.ORDERS));
        assertThat(query.source()).isEqualTo(world().source().id());
        assertThat(query.slots()).isEmpty();
        assertThat(query.columns())
                .isEqualTo(RelTypes.columns(world().rels()
                        .builder()
                        .scan(Fixture.PEOPLE.name())
                        .build()
                        .getRowType()));
    }

    @Test
    default void readsOnlyTheColumnsAskedFor() {
        RelBuilder builder = world().rels().builder().scan(Fixture.LONG.name());
        NativeQuery query = world().source()
                .compiler()
                .compile(builder.project(builder.field("id")).build());
        assertThat(query.columns()).extracting(NativeQuery.Column::name).containsExactly("id");
        assertThat(query.text()).doesNotContain("pad");
    }

    @Test
    default void streamsBatchesOfAtMostTheAskedSize() {
        try (ReadSession session = world().source().begin(ContractWorld.options(1000, ContractWorld.PATIENCE));
                RowCursor cursor = session.read(world().scan(Fixture.LONG), Bindings.NONE)) {
            List<Integer> sizes = new ArrayList<>();
            for (Optional<ColumnBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
                sizes.add(batch.get().rows());
            }
            assertThat(sizes).allSatisfy(rows -> assertThat(rows).isBetween(1, 1000));
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(Fixture.LONG_ROWS);
            assertThat(cursor.next()).as("after the end").isEmpty();
        }
    }

    @Test
    default void holdsFewRowsAtATime() {
        try (ReadSession session = world().source().begin(ContractWorld.options(1000, ContractWorld.PATIENCE));
                RowCursor cursor = session.read(world().scan(Fixture.LONG), Bindings.NONE)) {
            assertThat(cursor.next()).isPresent();
            long before = heldBytes();
            for (int i = 0; i < 30; i++) {
                assertThat(cursor.next()).isPresent();
            }
            assertThat(heldBytes() - before).as("bytes held in the middle").isLessThan(MEMORY_BYTES);
        }
    }

    private static long heldBytes() {
        Runtime runtime = Runtime.getRuntime();
        // Twice: the first collection only queues what has cleaners.
        runtime.gc();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    default void keepsCursorsOfOneSessionApart() {
        try (ReadSession session = world().source().begin(ContractWorld.options(2, ContractWorld.PATIENCE))) {
            NativeQuery query = world().scan(Fixture.PEOPLE);
            try (RowCursor one = session.read(query, Bindings.NONE);
                    RowCursor two = session.read(query, Bindings.NONE)) {
                List<Object> left =
                        new ArrayList<>(ContractWorld.rows(one.next().orElseThrow()));
                List<Object> right =
                        new ArrayList<>(ContractWorld.rows(two.next().orElseThrow()));
                left.addAll(ContractWorld.drained(one));
                right.addAll(ContractWorld.drained(two));
                assertThat(left).hasSize(7).isEqualTo(right);
            }
        }
    }

    /** The engine holds as many permits as the source grants; none of the native queries may wait for another. */
    @Test
    default void servesAsManyQueriesAtOnceAsItHasPermits() {
        NativeQuery query = world().scan(Fixture.LONG);
        List<ReadSession> sessions = new ArrayList<>();
        List<RowCursor> cursors = new ArrayList<>();
        try {
            for (int i = 0; i < world().source().permits(); i++) {
                ReadSession session = world().source().begin(ContractWorld.options(100, ContractWorld.PATIENCE));
                sessions.add(session);
                cursors.add(session.read(query, Bindings.NONE));
            }
            cursors.forEach(cursor -> assertThat(cursor.next()).isPresent());
        } finally {
            cursors.forEach(RowCursor::close);
            sessions.forEach(ReadSession::close);
        }
        assertThat(world().read(world().scan(Fixture.PEOPLE), Bindings.NONE))
                .as("afterwards")
                .hasSize(7);
    }

    @Test
    default void seesOneStateWhereItClaimsTo() {
        NativeQuery query = world().scan(Fixture.TWINS);
        try (ReadSession session = world().source().begin(ContractWorld.OPTIONS)) {
            int before = count(session, query);
            world().database().append(world().fixture(Fixture.TWINS), Fixture.row(99L, "late"));
            int after = count(session, query);
            Assumptions.assumeTrue(
                    session.consistency() == ReadSession.Consistency.SNAPSHOT, "the source says: unsynchronised");
            assertThat(after).as("rows seen later in the same session").isEqualTo(before);
        } finally {
            world().database().remove(world().fixture(Fixture.TWINS), "k", 99L);
        }
        assertThat(world().read(query, Bindings.NONE))
                .hasSize((int) Fixture.TWINS.rows().stream().count());
    }

    private static int count(ReadSession session, NativeQuery query) {
        try (RowCursor cursor = session.read(query, Bindings.NONE)) {
            return ContractWorld.drained(cursor).size();
        }
    }
}
