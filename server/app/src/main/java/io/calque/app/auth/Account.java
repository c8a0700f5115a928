package io.calque.app.auth;

import java.util.List;
import java.util.Optional;

/**
 * One user who may come in.
 *
 * @param passwordHash as bcrypt writes it, {@code $2a$...}; empty when only tokens are accepted
 * @param tokenDigests SHA-256 of bearer tokens, lower-case hex
 */
public record Account(String name, List<String> roles, Optional<String> passwordHash, List<String> tokenDigests) {
    public Account {
        if (name.isBlank()) {
            throw new IllegalArgumentException("account without a name");
        }
        roles = List.copyOf(roles);
        tokenDigests = List.copyOf(tokenDigests);
    }

    /** An account with a password only. */
    public static Account withPassword(String name, String passwordHash) {
        return new Account(name, List.of(), Optional.of(passwordHash), List.of());
    }
}
