package io.calque.mongodb;

import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;

/** MongoDB as a kind of source, through the official driver. Stateless. */
public final class MongoAdapter implements Adapter {
    public static final String KIND = "mongodb";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Source open(SourceConfig config) {
        MongoOptions options = MongoOptions.parse(config);
        return new MongoSource(config, options, ClientSettings.of(config, options));
    }
}
