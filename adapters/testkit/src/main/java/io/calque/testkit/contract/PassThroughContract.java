package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Native texts are typed before they run, and never write. */
interface PassThroughContract extends Chapter {
    @Test
    default void typesANativeText() {
        List<String> wanted = List.of("id", "name");
        Optional<String> text = world().database().nativeRead(world().fixture(Fixture.PEOPLE), wanted);
        Assumptions.assumeTrue(text.isPresent(), "the kind takes no native text");
        NativeQuery query = world().source().passThrough(text.orElseThrow());
        assertThat(query.columns()).extracting(NativeQuery.Column::name).containsExactlyElementsOf(wanted);
        assertThat(query.columns())
                .extracting(NativeQuery.Column::type)
                .containsExactly(
                        world().column(Fixture.PEOPLE, "id").type(),
                        world().column(Fixture.PEOPLE, "name").type());
        assertThat(world().read(query, Bindings.NONE))
                .hasSize(7)
                .contains(Fixture.row(1L, "Ada"), Fixture.row(3L, "Chloé"));
    }

    @Test
    default void refusesANativeTextThatWrites() {
        NativeQuery all = world().scan(Fixture.PEOPLE);
        int before = world().read(all, Bindings.NONE).size();
        for (String text : world().database().nativeWrites(world().fixture(Fixture.PEOPLE))) {
            QueryException failure = Failures.expect(ErrorCode.READ_ONLY, () -> {
                NativeQuery query = world().source().passThrough(text);
                world().read(query, Bindings.NONE);
            });
            assertThat(failure)
                    .as(text)
                    .hasMessageContaining(world().source().id().value());
        }
        assertThat(world().read(all, Bindings.NONE)).as("rows afterwards").hasSize(before);
    }

    @Test
    default void refusesNonsenseWithTheSourcesOwnWords() {
        Assumptions.assumeTrue(
                world().database()
                        .nativeRead(world().fixture(Fixture.PEOPLE), List.of("id"))
                        .isPresent(),
                "the kind takes no native text");
        QueryException failure =
                Failures.expect(ErrorCode.SYNTAX_ERROR, () -> world().source().passThrough("such is no query"));
        assertThat(failure).hasMessageContaining(world().source().id().value());
    }
}
