package io.calque.app.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.calque.app.fake.ScriptedAnswer;
import io.calque.app.fake.ScriptedEngine;
import io.calque.driver.FrameReader;
import io.calque.spi.access.Principal;
import io.calque.spi.type.DataType;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.junit.jupiter.api.Test;

/** Rows travel compressed to whoever asks for it, and to nobody else. */
final class FrameDeflaterTest {
    private static ByteBuffer repeated(int bytes) {
        ByteBuffer frame = ByteBuffer.allocate(bytes + 10);
        for (int i = 0; i < bytes; i++) {
            frame.put((byte) (i % 100));
        }
        return frame.flip();
    }

    private static ByteBuffer random(int bytes) {
        byte[] frame = new byte[bytes];
        new Random(3).nextBytes(frame);
        return ByteBuffer.wrap(frame);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void givesBackWhatItMadeSmaller() throws SQLException {
        for (int size : List.of(8 * 1024, 100_001, 3_000_000)) {
            ByteBuffer frame = repeated(size);
            Optional<ByteBuffer> deflated = new FrameDeflater().deflate(frame);
            assertThat(deflated).isPresent();
            assertThat(deflated.get().remaining()).isLessThan(size / 4);
            assertThat(FrameReader.inflated(bytes(deflated.get()))).isEqualTo(bytes(frame));
        }
    }

    @Test
    void leavesAloneWhatIsSmallOrDoesNotShrinkAndTriesAgainLater() {
        FrameDeflater deflater = new FrameDeflater();
        assertThat(deflater.deflate(repeated(100))).isEmpty();
        assertThat(deflater.deflate(random(100_000))).isEmpty();
        for (int i = 0; i < 7; i++) {
            assertThat(deflater.deflate(repeated(100_000))).isEmpty();
        }
        assertThat(deflater.deflate(repeated(100_000))).isPresent();
    }

    @Test
    void refusesBytesThatWereNotDeflated() {
        byte[] whole = bytes(new FrameDeflater().deflate(repeated(100_000)).orElseThrow());
        assertThrows(SQLException.class, () -> FrameReader.inflated(new byte[3]));
        assertThrows(SQLException.class, () -> FrameReader.inflated(Arrays.copyOf(whole, whole.length / 2)));
        byte[] boundless = {-1, -1, -1, 127, 1, 2, 3};
        assertThrows(SQLException.class, () -> FrameReader.inflated(boundless));
        byte[] negative = {-1, -1, -1, -1, 1, 2, 3};
        assertThrows(SQLException.class, () -> FrameReader.inflated(negative));
    }

    /** An older driver does not ask, and reads no other field than that of plain frames. */
    @Test
    void sendsPlainFramesToThoseThatDoNotAsk() throws Exception {
        ScriptedEngine engine = new ScriptedEngine();
        List<List<Object>> rows = new ArrayList<>(Collections.nCopies(20_000, List.of("again and again")));
        engine.answer("many", ScriptedAnswer.of(List.of(DataType.VARCHAR), rows.toArray(List[]::new)));
        try (AvaticaService service = new AvaticaService(engine)) {
            for (boolean asks : new boolean[] {false, true}) {
                UnknownFieldSet answered = execute(service, asks);
                List<ByteString> plain = answered.getField(WireFields.FRAME).getLengthDelimitedList();
                List<ByteString> deflated =
                        answered.getField(WireFields.DEFLATED_FRAME).getLengthDelimitedList();
                assertThat(plain).hasSize(asks ? 0 : 1);
                assertThat(deflated).hasSize(asks ? 1 : 0);
                byte[] frame = asks
                        ? FrameReader.inflated(deflated.get(0).toByteArray())
                        : plain.get(0).toByteArray();
                assertThat(FrameReader.read(frame, 1).get(0)).isEqualTo(List.of("again and again"));
            }
        }
    }

    private static UnknownFieldSet execute(AvaticaService service, boolean asks) throws Exception {
        String connection = "asks " + asks;
        service.handle(wire(
                Requests.OpenConnectionRequest.newBuilder()
                        .setConnectionId(connection)
                        .putInfo(WireFields.OPEN_PROPERTY, "1")
                        .build(),
                false));
        byte[] answer = service.handle(
                        wire(
                                Requests.PrepareAndExecuteRequest.newBuilder()
                                        .setConnectionId(connection)
                                        .setStatementId(1)
                                        .setSql("many")
                                        .setMaxRowsTotal(-1)
                                        .setFirstFrameMaxSize(-1)
                                        .build(),
                                asks),
                        Principal.LOCAL)
                .body();
        return Common.WireMessage.parseFrom(answer).getUnknownFields();
    }

    private static byte[] wire(com.google.protobuf.Message message, boolean asks) {
        UnknownFieldSet.Builder beside = UnknownFieldSet.newBuilder();
        if (asks) {
            beside.mergeVarintField(WireFields.MAY_DEFLATE, 1);
        }
        return Common.WireMessage.newBuilder()
                .setName(message.getClass().getName())
                .setWrappedMessage(message.toByteString())
                .setUnknownFields(beside.build())
                .build()
                .toByteArray();
    }
}
