package io.calque.app.http;

import io.calque.app.avatica.AvaticaService;
import io.calque.app.avatica.AvaticaService.MalformedRequestException;
import io.calque.app.avatica.AvaticaService.Reply;
import io.calque.spi.access.Principal;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The Avatica protocol over HTTP: protobuf and JSON at the same path. Thread-safe. */
final class AvaticaEndpoint {
    private static final String PROTOBUF = "application/octet-stream";
    private static final String JSON = "application/json;charset=utf-8";

    private final AvaticaService service;
    private final ClientWatches watches;

    AvaticaEndpoint(AvaticaService service, ClientWatches watches) {
        this.service = service;
        this.watches = watches;
    }

    void handle(Context context, byte[] body, Principal principal) throws IOException, MalformedRequestException {
        String header = context.header("request");
        boolean json = isJson(body) || (body.length == 0 && header != null);
        Reply<byte[]> reply;
        // the watch ends before the response begins: after it, the client's next request may come at any time
        try (ClientWatches.Watch watch = watches.watch(context, service.interruption(body, principal))) {
            reply = json
                    ? json(
                            body.length == 0 ? String.valueOf(header) : new String(body, StandardCharsets.UTF_8),
                            principal)
                    : service.handle(body, principal);
        }
        context.status(reply.failed() ? 500 : 200);
        context.contentType(json ? JSON : PROTOBUF);
        context.res().setContentLengthLong(reply.body().length);
        context.res().getOutputStream().write(reply.body());
    }

    private Reply<byte[]> json(String request, Principal principal) throws MalformedRequestException {
        Reply<String> reply = service.handleJson(request, principal);
        return new Reply<>(reply.body().getBytes(StandardCharsets.UTF_8), reply.failed());
    }

    /** Avatica's clients send both forms as octets: a protobuf message never begins with a brace or a blank. */
    private static boolean isJson(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }
}
