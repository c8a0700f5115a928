package io.calque.spi.access;

import java.util.List;

/**
 * Who asks.
 *
 * @param name the user's name
 * @param roles sorted, without duplicates; may be empty
 */
public record Principal(String name, List<String> roles) {
    /** The user of a process that has no authentication: the shell, the demo, a file: URL. */
    public static final Principal LOCAL = new Principal("local", List.of());

    public Principal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("principal without a name");
        }
        roles = roles.stream().distinct().sorted().toList();
    }
}
