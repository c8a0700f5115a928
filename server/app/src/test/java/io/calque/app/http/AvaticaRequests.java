package io.calque.app.http;

import com.google.protobuf.Message;
import io.calque.app.avatica.AvaticaService;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;

/** Requests of the protobuf protocol, byte by byte. */
final class AvaticaRequests {
    private AvaticaRequests() {}

    /** Opens a connection with statement 1, and gives the request that runs a text on it. */
    static byte[] execute(AvaticaService service, String connection, String sql) {
        service.handle(wire(Requests.OpenConnectionRequest.newBuilder()
                .setConnectionId(connection)
                .putInfo("calque.frames", "1")
                .build()));
        return wire(Requests.PrepareAndExecuteRequest.newBuilder()
                .setConnectionId(connection)
                .setStatementId(1)
                .setSql(sql)
                .setMaxRowsTotal(-1)
                .setFirstFrameMaxSize(-1)
                .build());
    }

    private static byte[] wire(Message message) {
        return Common.WireMessage.newBuilder()
                .setName(message.getClass().getName())
                .setWrappedMessage(message.toByteString())
                .build()
                .toByteArray();
    }
}
