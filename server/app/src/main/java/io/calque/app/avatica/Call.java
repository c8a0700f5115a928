package io.calque.app.avatica;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.calque.engine.QueryRun.QueryWarning;
import io.calque.engine.RunOptions;
import io.calque.spi.access.Principal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One request: who asks, within which bounds, and what goes back beside Avatica's response. Single-threaded. */
final class Call {
    private final Principal principal;
    private final RunOptions bounds;
    private final boolean mayDeflate;
    private final UnknownFieldSet.Builder beside = UnknownFieldSet.newBuilder();

    private Call(Principal principal, RunOptions bounds, boolean mayDeflate) {
        this.principal = principal;
        this.bounds = bounds;
        this.mayDeflate = mayDeflate;
    }

    /** A request without Calque's fields. */
    static Call plain(Principal principal) {
        return new Call(principal, RunOptions.DEFAULT, false);
    }

    static Call of(Principal principal, UnknownFieldSet fields) {
        long millis = number(fields, WireFields.TIMEOUT_MILLIS);
        Optional<Duration> timeout = millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
        return new Call(
                principal,
                new RunOptions(timeout, Math.max(0, number(fields, WireFields.MAX_ROWS))),
                number(fields, WireFields.MAY_DEFLATE) > 0);
    }

    private static long number(UnknownFieldSet fields, int field) {
        List<Long> values = fields.getField(field).getVarintList();
        return values.isEmpty() ? 0 : values.get(values.size() - 1);
    }

    Principal principal() {
        return principal;
    }

    /** The bounds the request names, the most rows being the smaller of them and what Avatica's own field says. */
    RunOptions bounds(long maxRows) {
        if (maxRows <= 0 || (bounds.maxRows() > 0 && bounds.maxRows() < maxRows)) {
            return bounds;
        }
        return new RunOptions(bounds.timeout(), maxRows);
    }

    void frame(ByteBuffer frame) {
        beside.mergeField(WireFields.FRAME, bytes(UnsafeByteOperations.unsafeWrap(frame)));
    }

    /** Whether the client would rather have rows compressed. */
    boolean mayDeflate() {
        return mayDeflate;
    }

    void deflatedFrame(ByteBuffer frame) {
        beside.mergeField(WireFields.DEFLATED_FRAME, bytes(UnsafeByteOperations.unsafeWrap(frame)));
    }

    void queryId(String id) {
        beside.mergeField(WireFields.QUERY_ID, bytes(ByteString.copyFromUtf8(id)));
    }

    void warnings(List<QueryWarning> warnings) {
        for (QueryWarning warning : warnings) {
            String state = warning.sqlState().length() == 5 ? warning.sqlState() : "01000";
            beside.mergeField(WireFields.WARNING, bytes(ByteString.copyFromUtf8(state + warning.message())));
        }
    }

    private static UnknownFieldSet.Field bytes(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }

    /** The fields to append to the response. */
    UnknownFieldSet beside() {
        return beside.build();
    }
}
