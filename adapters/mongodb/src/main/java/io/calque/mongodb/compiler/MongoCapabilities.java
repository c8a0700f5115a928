package io.calque.mongodb.compiler;

import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.CapabilityList;

/** What is said to MongoDB because it means there exactly what it means here. Stateless. */
public final class MongoCapabilities {
    private MongoCapabilities() {}

    public static Capabilities create() {
        return CapabilityList.of("MongoDB").build();
    }
}
