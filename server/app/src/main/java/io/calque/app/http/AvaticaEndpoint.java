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
    static final String PROTOBUF = "application/octet-stream";
    private static final String JSON = "application/json;charset=utf-8";

    private final AvaticaService service;

    AvaticaEndpoint(AvaticaService service) {
        this.service = service;
    }

    void handle(Context context, byte[] body, Principal principal) throws IOException, MalformedRequestException {
        String header = context.header("request");
        if (isJson(body) || (body.length == 0 && header != null)) {
            String request = body.length == 0 ? String.valueOf(header) : new String(body, StandardCharsets.UTF_8);
            Reply<String> reply = service.handleJson(request, principal);
            send(context, JSON, reply.body().getBytes(StandardCharsets.UTF_8), reply.failed());
            return;
        }
        Reply<byte[]> reply = service.handle(body, principal);
        send(context, PROTOBUF, reply.body(), reply.failed());
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

    private static void send(Context context, String type, byte[] body, boolean failed) throws IOException {
        context.status(failed ? 500 : 200);
        context.contentType(type);
        context.res().setContentLengthLong(body.length);
        context.res().getOutputStream().write(body);
    }
}
