package io.calque.mongodb;

import com.mongodb.AuthenticationMechanism;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ReadPreference;
import io.calque.spi.source.SourceConfig;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Turns a configuration into the driver's settings. Never connects. */
final class ClientSettings {
    private ClientSettings() {}

    static MongoClientSettings of(SourceConfig config, MongoOptions options) {
        long wait = serverSelectionMillis(config, options);
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applyConnectionString(options.url())
                .applicationName("calque")
                .applyToClusterSettings(cluster -> {
                    if (options.url().getServerSelectionTimeout() == null) {
                        cluster.serverSelectionTimeout(wait, TimeUnit.MILLISECONDS);
                    }
                    options.text(MongoOptions.REPLICA_SET).ifPresent(cluster::requiredReplicaSetName);
                })
                .applyToSocketSettings(socket -> {
                    if (options.url().getConnectTimeout() == null) {
                        socket.connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
                    }
                })
                .applyToConnectionPoolSettings(pool -> pool.maxSize(config.poolSize())
                        .maxWaitTime(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS));
        options.text(MongoOptions.READ_PREFERENCE)
                .ifPresent(name -> settings.readPreference(readPreference(config, name)));
        credential(config, options).ifPresent(settings::credential);
        if (TlsMaterial.wanted(options)) {
            settings.applyToSslSettings(ssl -> ssl.enabled(true).context(TlsMaterial.context(config, options)));
        }
        return settings.build();
    }

    private static long serverSelectionMillis(SourceConfig config, MongoOptions options) {
        Optional<String> text = options.text(MongoOptions.SERVER_SELECTION_TIMEOUT);
        if (text.isEmpty()) {
            return config.connectTimeout().toMillis();
        }
        try {
            return Long.parseLong(text.get().trim());
        } catch (NumberFormatException e) {
            throw MongoOptions.invalid(
                    config, "option " + MongoOptions.SERVER_SELECTION_TIMEOUT + " takes a number of milliseconds");
        }
    }

    private static ReadPreference readPreference(SourceConfig config, String name) {
        try {
            return ReadPreference.valueOf(name.trim());
        } catch (IllegalArgumentException e) {
            throw MongoOptions.invalid(
                    config,
                    "option " + MongoOptions.READ_PREFERENCE + " is '" + name
                            + "'; it takes primary, primaryPreferred, secondary, secondaryPreferred or nearest");
        }
    }

    private static Optional<MongoCredential> credential(SourceConfig config, MongoOptions options) {
        Optional<AuthenticationMechanism> mechanism = options.text(MongoOptions.AUTH_MECHANISM)
                .map(name -> {
                    try {
                        return AuthenticationMechanism.fromMechanismName(name);
                    } catch (IllegalArgumentException e) {
                        throw MongoOptions.invalid(
                                config,
                                "option " + MongoOptions.AUTH_MECHANISM + " is '" + name
                                        + "'; it takes SCRAM-SHA-256, SCRAM-SHA-1, PLAIN or MONGODB-X509");
                    }
                });
        if (mechanism.filter(m -> m == AuthenticationMechanism.MONGODB_X509).isPresent()) {
            return Optional.of(config.user()
                    .map(MongoCredential::createMongoX509Credential)
                    .orElseGet(MongoCredential::createMongoX509Credential));
        }
        if (config.user().isEmpty()) {
            return Optional.empty();
        }
        String user = config.user().get();
        char[] password =
                config.password().map(secret -> secret.reveal().toCharArray()).orElseGet(() -> new char[0]);
        MongoCredential ofUrl = options.url().getCredential();
        String authSource = options.text(MongoOptions.AUTH_SOURCE)
                .orElseGet(() -> ofUrl != null
                        ? ofUrl.getSource()
                        : authSourceOf(options.url().getConnectionString()));
        MongoCredential plain = MongoCredential.createCredential(user, authSource, password);
        return Optional.of(mechanism
                .map(m -> switch (m) {
                    case SCRAM_SHA_1 -> MongoCredential.createScramSha1Credential(user, authSource, password);
                    case SCRAM_SHA_256 -> MongoCredential.createScramSha256Credential(user, authSource, password);
                    case PLAIN -> MongoCredential.createPlainCredential(user, authSource, password);
                    default -> plain;
                })
                .orElse(plain));
    }

    /** A URL without credentials gives the driver no credential to keep its authSource in. */
    private static String authSourceOf(String url) {
        int start = url.indexOf("authSource=");
        if (start < 0) {
            return "admin";
        }
        String rest = url.substring(start + "authSource=".length());
        int end = rest.indexOf('&');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
