package io.calque.app.config;

import io.calque.app.auth.Account;
import io.calque.app.http.TlsConfig;
import io.calque.spi.source.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code server:}. Stateless. */
final class ServerSection {
    private static final String BCRYPT = "\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}";
    private static final String SHA_256 = "[0-9a-fA-F]{64}";

    private ServerSection() {}

    static ServerSettings read(YamlSection section, Path directory) {
        section.allowing(List.of("host", "port", "tls", "users"));
        return new ServerSettings(
                section.text("host").orElse(ServerSettings.DEFAULT_HOST),
                section.integer("port", 0, 65_535).orElse(ServerSettings.DEFAULT_PORT),
                section.has("tls") ? Optional.of(tls(section.section("tls"), directory)) : Optional.empty(),
                users(section.section("users")));
    }

    private static TlsConfig tls(YamlSection section, Path directory) {
        section.allowing(List.of("keystore", "key", "password", "client_trust", "client_trust_password"));
        return new TlsConfig(
                directory.resolve(section.requiredText("keystore")),
                section.text("key").map(directory::resolve),
                new Secret(section.text("password").orElse("")),
                section.text("client_trust").map(directory::resolve),
                section.text("client_trust_password").map(Secret::new));
    }

    private static List<Account> users(YamlSection section) {
        List<Account> accounts = new ArrayList<>();
        for (String name : section.keys()) {
            if (name.isBlank()) {
                throw section.invalidKey(name, "a user needs a name");
            }
            accounts.add(
                    section.isText(name)
                            ? Account.withPassword(name, bcrypt(section, name, name))
                            : account(name, section.section(name)));
        }
        return accounts;
    }

    private static Account account(String name, YamlSection section) {
        section.allowing(List.of("password", "roles", "tokens"));
        List<String> tokens = section.texts("tokens");
        for (String token : tokens) {
            if (!token.matches(SHA_256)) {
                throw section.invalidAt("tokens", "'tokens' of user '" + name + "' needs SHA-256 digests, in hex");
            }
        }
        Optional<String> password =
                section.has("password") ? Optional.of(bcrypt(section, "password", name)) : Optional.empty();
        return new Account(name, section.texts("roles"), password, tokens);
    }

    private static String bcrypt(YamlSection section, String key, String user) {
        String hash = section.requiredText(key);
        if (!hash.matches(BCRYPT)) {
            throw section.invalidAt(key, "user '" + user + "' needs a bcrypt hash ($2b$...), never a plain password");
        }
        return hash;
    }
}
