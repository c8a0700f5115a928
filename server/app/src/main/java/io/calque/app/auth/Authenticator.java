package io.calque.app.auth;

import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.util.Optional;

/** Decides who makes a request. Thread-safe, and quick when the same credentials come again. */
public interface Authenticator {
    /**
     * @param authorization the request's Authorization header
     * @throws QueryException AUTHENTICATION_FAILED when it names nobody
     */
    Principal authenticate(Optional<String> authorization);

    /** Whether everybody is let in without credentials. */
    default boolean isOpen() {
        return false;
    }

    /** Lets everybody in as the local user: for an endpoint that only this machine can reach. */
    static Authenticator open() {
        return new Authenticator() {
            @Override
            public Principal authenticate(Optional<String> authorization) {
                return Principal.LOCAL;
            }

            @Override
            public boolean isOpen() {
                return true;
            }
        };
    }
}
