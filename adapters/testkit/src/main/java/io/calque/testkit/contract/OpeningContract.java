package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Opening never connects; what cannot work says why, in time, and alone. */
interface OpeningContract extends Chapter {
    Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    /** A busy machine may take this much longer than the connect timeout. */
    Duration SLACK = Duration.ofSeconds(8);

    @Test
    default void opensASourceThatIsDownWithoutConnecting() {
        SourceConfig down = world().database()
                .at("127.0.0.1", closedPort())
                .or(() -> world().database().absent())
                .orElseThrow(
                        () -> new AssertionError("the subclass names neither another address nor an absent source"));
        try (Source source = world().database().adapter().open(down)) {
            assertThat(source.id()).isEqualTo(down.id());
            assertThat(source.kind()).isEqualTo(world().database().adapter().kind());
            assertThat(source.permits()).isEqualTo(down.permits());
            assertThat(source.capabilities()).isNotNull();
            assertThat(source.compiler()).isNotNull();
        }
    }

    @Test
    default void namesAnOptionThatItDoesNotKnow() {
        SourceConfig config = world().database().config().withOptions(Map.of("no_such_option", "1"));
        QueryException failure = Failures.expect(
                ErrorCode.CONFIG_INVALID,
                () -> world().database().adapter().open(config).close());
        assertThat(failure).hasMessageContaining("no_such_option");
        assertThat(failure).hasMessageContaining(config.id().value());
    }

    @Test
    default void namesTheAddressOfASourceThatIsDown() {
        int port = closedPort();
        Optional<SourceConfig> elsewhere = world().database().at("127.0.0.1", port);
        if (elsewhere.isPresent()) {
            requireUnavailable(elsewhere.get(), String.valueOf(port));
            return;
        }
        SourceConfig absent = world().database().absent().orElseThrow();
        requireUnavailable(absent, absent.url().substring(absent.url().lastIndexOf('/') + 1));
    }

    /** Accepts connections and never says a word: only a time limit of the adapter's own helps. */
    @Test
    default void givesUpOnAServerThatNeverAnswers() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Optional<SourceConfig> elsewhere = world().database().at("127.0.0.1", mute.getLocalPort());
            Assumptions.assumeTrue(elsewhere.isPresent(), "the kind has no network");
            requireUnavailable(elsewhere.orElseThrow(), String.valueOf(mute.getLocalPort()));
        }
    }

    @Test
    default void saysThatAPasswordWasRefusedWithoutShowingIt() {
        Optional<SourceConfig> refused = world().database().refused();
        Assumptions.assumeTrue(refused.isPresent(), "the kind has no passwords here");
        try (Source source = world().database().adapter().open(refused.orElseThrow())) {
            QueryException failure = Failures.expect(ErrorCode.SOURCE_REFUSED, () -> readSomething(source));
            assertThat(failure).hasMessageContaining(source.id().value());
            assertThat(failure.getMessage())
                    .doesNotContain(refused.get().password().orElseThrow().reveal());
        }
    }

    @Test
    default void closesTwiceAndAfterUse() {
        Source source = world().database().adapter().open(world().database().config());
        readSomething(source);
        source.close();
        source.close();
    }

    private void requireUnavailable(SourceConfig config, String address) {
        SourceConfig hasty = impatient(config);
        try (Source source = world().database().adapter().open(hasty)) {
            long begun = System.nanoTime();
            QueryException reading = Failures.expect(ErrorCode.SOURCE_UNAVAILABLE, () -> readSomething(source));
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(reading).hasMessageContaining(hasty.id().value()).hasMessageContaining(address);
            assertThat(waited).as("time until it gave up").isLessThan(CONNECT_TIMEOUT.plus(SLACK));
            QueryException observing = Failures.expect(
                    ErrorCode.SOURCE_UNAVAILABLE, () -> source.introspector().observe(Progress.SILENT));
            assertThat(observing).hasMessageContaining(address);
        }
    }

    private static SourceConfig impatient(SourceConfig config) {
        return new SourceConfig(
                config.id(),
                config.kind(),
                config.url(),
                config.user(),
                config.password(),
                config.include(),
                config.exclude(),
                config.permits(),
                config.poolSize(),
                CONNECT_TIMEOUT,
                config.options());
    }

    private void readSomething(Source source) {
        NativeQuery query = source.compiler()
                .compile(world().rels()
                        .builder()
                        .scan(world().described(Fixture.PEOPLE).name().table())
                        .build());
        try (ReadSession session = source.begin(ContractWorld.OPTIONS);
                RowCursor cursor = session.read(query, Bindings.NONE)) {
            ContractWorld.drained(cursor);
        }
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
