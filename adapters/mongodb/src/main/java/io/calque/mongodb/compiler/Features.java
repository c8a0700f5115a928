package io.calque.mongodb.compiler;

import io.calque.mongodb.inference.ServerFeature;
import java.util.Set;

/** What the server of a fragment was seen to compute. Immutable. */
record Features(Set<ServerFeature> proven) {
    Features {
        proven = Set.copyOf(proven);
    }

    boolean has(ServerFeature feature) {
        return proven.contains(feature);
    }

    void require(ServerFeature feature) {
        if (!has(feature)) {
            throw new Refused("this server was not seen to compute "
                    + feature.word().replaceFirst(":.*", "") + (feature.word().contains(":") ? " of 64 bits" : ""));
        }
    }
}
