package io.calque.app.avatica;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;

/** Tells which statement a protobuf request runs. Stateless. */
final class StatementOf {
    private StatementOf() {}

    /** Empty for requests that run nothing. */
    static Optional<Meta.StatementHandle> request(byte[] request) {
        try {
            Common.WireMessage wire = Common.WireMessage.parseFrom(request);
            String name = wire.getName().substring(wire.getName().lastIndexOf('$') + 1);
            switch (name) {
                case "PrepareAndExecuteRequest":
                    Requests.PrepareAndExecuteRequest text =
                            Requests.PrepareAndExecuteRequest.parseFrom(wire.getWrappedMessage());
                    return Optional.of(new Meta.StatementHandle(text.getConnectionId(), text.getStatementId(), null));
                case "ExecuteRequest":
                    Common.StatementHandle handle = Requests.ExecuteRequest.parseFrom(wire.getWrappedMessage())
                            .getStatementHandle();
                    return Optional.of(new Meta.StatementHandle(handle.getConnectionId(), handle.getId(), null));
                case "FetchRequest":
                    Requests.FetchRequest fetch = Requests.FetchRequest.parseFrom(wire.getWrappedMessage());
                    return Optional.of(new Meta.StatementHandle(fetch.getConnectionId(), fetch.getStatementId(), null));
                default:
                    return Optional.empty();
            }
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
