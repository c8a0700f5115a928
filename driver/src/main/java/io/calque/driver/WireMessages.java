package io.calque.driver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Responses;

/** Wraps requests and unwraps responses of Avatica's protobuf protocol, with Calque's fields beside them. */
final class WireMessages {
    // put together at run time: the build relocates Avatica's classes, and would rename a constant with them
    private static final String PACKAGE = String.join(".", "org", "apache", "calcite", "avatica", "proto", "Requests$");

    /** The most that the deflate format makes of a byte. */
    private static final long MOST_EXPANDED = 1032;

    private WireMessages() {}

    /**
     * @param mayDeflate whether rows should come compressed where that makes them much smaller
     */
    static byte[] request(Message message, Bounds bounds, boolean mayDeflate) {
        return wrap(PACKAGE + message.getClass().getSimpleName(), message, bounds, mayDeflate);
    }

    /** A request of Calque's own, by its full name. */
    static byte[] ownRequest(String name, Message message) {
        return wrap(name, message, Bounds.NONE, false);
    }

    private static byte[] wrap(String name, Message message, Bounds bounds, boolean mayDeflate) {
        UnknownFieldSet.Builder extra = UnknownFieldSet.newBuilder();
        if (bounds.timeoutMillis() > 0) {
            extra.mergeVarintField(WireFields.TIMEOUT_MILLIS, saturated(bounds.timeoutMillis()));
        }
        if (bounds.maxRows() > 0) {
            extra.mergeVarintField(WireFields.MAX_ROWS, saturated(bounds.maxRows()));
        }
        if (mayDeflate) {
            extra.mergeVarintField(WireFields.MAY_DEFLATE, 1);
        }
        return Common.WireMessage.newBuilder()
                .setName(name)
                .setWrappedMessage(message.toByteString())
                .setUnknownFields(extra.build())
                .build()
                .toByteArray();
    }

    private static int saturated(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    static Common.WireMessage parse(byte[] response) throws SQLException {
        try {
            // the frame stays where it is in the response, it is not copied
            com.google.protobuf.CodedInputStream in =
                    UnsafeByteOperations.unsafeWrap(response).newCodedInput();
            in.enableAliasing(true);
            return Common.WireMessage.parseFrom(in);
        } catch (java.io.IOException e) {
            throw unreadable(e);
        }
    }

    static boolean isError(Common.WireMessage response) {
        return response.getName().endsWith("$ErrorResponse");
    }

    static Responses.ErrorResponse error(Common.WireMessage response) throws SQLException {
        return unwrap(response, Responses.ErrorResponse.parser());
    }

    static <T> T unwrap(Common.WireMessage response, Parser<T> parser) throws SQLException {
        try {
            return parser.parseFrom(response.getWrappedMessage());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    private static SQLException unreadable(Exception e) {
        return new SQLNonTransientConnectionException(
                "The server's answer cannot be read: is it a Calque server?", "08P01", e);
    }

    /** The columnar frame beside a response, or null. */
    static byte[] frame(Common.WireMessage response) throws SQLException {
        UnknownFieldSet.Field deflated = response.getUnknownFields().getField(WireFields.DEFLATED_FRAME);
        if (!deflated.getLengthDelimitedList().isEmpty()) {
            return inflated(deflated.getLengthDelimitedList().get(0).toByteArray());
        }
        UnknownFieldSet.Field field = response.getUnknownFields().getField(WireFields.FRAME);
        return field.getLengthDelimitedList().isEmpty()
                ? null
                : field.getLengthDelimitedList().get(0).toByteArray();
    }

    static byte[] inflated(byte[] deflated) throws SQLException {
        int head = Integer.BYTES;
        int size = deflated.length < head
                ? -1
                : ByteBuffer.wrap(deflated).order(ByteOrder.LITTLE_ENDIAN).getInt();
        // nothing is expanded further than that, so nothing else makes room for more than was sent
        if (size < 0 || size > MOST_EXPANDED * deflated.length) {
            throw unreadable(null);
        }
        byte[] frame = new byte[size];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated, head, deflated.length - head);
            int filled = 0;
            while (filled < size) {
                int more = inflater.inflate(frame, filled, size - filled);
                if (more == 0) {
                    throw unreadable(null);
                }
                filled += more;
            }
            return frame;
        } catch (DataFormatException e) {
            throw unreadable(e);
        } finally {
            inflater.end();
        }
    }

    /** The server's name for the query, or null. */
    static String queryId(Common.WireMessage response) {
        UnknownFieldSet.Field field = response.getUnknownFields().getField(WireFields.QUERY_ID);
        return field.getLengthDelimitedList().isEmpty()
                ? null
                : field.getLengthDelimitedList().get(0).toStringUtf8();
    }

    /** The warnings beside a response as a chain, or null. */
    static SQLWarning warnings(Common.WireMessage response) {
        SQLWarning first = null;
        for (ByteString text :
                response.getUnknownFields().getField(WireFields.WARNING).getLengthDelimitedList()) {
            String warning = text.toStringUtf8();
            SQLWarning next = new SQLWarning(warning.substring(5), warning.substring(0, 5));
            if (first == null) {
                first = next;
            } else {
                first.setNextWarning(next);
            }
        }
        return first;
    }
}
