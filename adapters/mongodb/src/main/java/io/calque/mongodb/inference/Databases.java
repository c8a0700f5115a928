package io.calque.mongodb.inference;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which databases a source reads. Stateless. */
final class Databases {
    private static final Set<String> SYSTEM = Set.of("admin", "local", "config");
    /** Users live there, not data. */
    private static final Set<String> OF_USERS = Set.of("admin", "$external");

    private Databases() {}

    /**
     * @param named by the configuration; empty means all that the user may see
     * @param credential the database that the user belongs to; empty when there is none
     * @throws QueryException SOURCE_REFUSED when the user may not list them and nothing names one
     */
    static List<String> of(
            SourceId source,
            MongoClient client,
            List<String> named,
            Optional<String> credential,
            List<String> warnings) {
        if (!named.isEmpty()) {
            return named;
        }
        try {
            List<String> names = new ArrayList<>();
            client.listDatabaseNames().forEach(names::add);
            names.removeIf(SYSTEM::contains);
            return names.stream().sorted().toList();
        } catch (MongoCommandException e) {
            String reason = "its user may not list databases (" + e.getErrorMessage() + ")";
            String own = credential
                    .filter(name -> !OF_USERS.contains(name))
                    .orElseThrow(() -> new QueryException(
                            ErrorCode.SOURCE_REFUSED,
                            "Source '" + source + "': " + reason
                                    + "; name the databases in the URL or with option databases",
                            e));
            warnings.add("only database " + own + ", which the user belongs to, is read: " + reason
                    + "; name others with option databases");
            return List.of(own);
        }
    }
}
