package io.calque.driver;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The way into an engine in this process. Thread-safe. */
final class LocalTransport implements Transport {
    private final LocalEngine.Channel channel;

    private LocalTransport(LocalEngine.Channel channel) {
        this.channel = channel;
    }

    static LocalTransport open(String configPath, Map<String, String> properties) throws SQLException {
        LocalEngine engine = find();
        try {
            return new LocalTransport(engine.open(configPath, properties));
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new SQLNonTransientConnectionException(message, "08001", e);
        }
    }

    private static LocalEngine find() throws SQLException {
        ClassLoader own = LocalTransport.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        LocalEngine engine = context == null ? null : first(context);
        if (engine == null) {
            engine = first(own);
        }
        if (engine == null) {
            throw new SQLNonTransientConnectionException(
                    "jdbc:calque:file: runs the engine in this process, but only the driver is on the class path. Add"
                            + " calque-app.jar and its libraries (the lib folder of the distribution), or connect to a"
                            + " running server with jdbc:calque://host:port/",
                    "08001");
        }
        return engine;
    }

    private static LocalEngine first(ClassLoader loader) {
        Iterator<LocalEngine> found =
                ServiceLoader.load(LocalEngine.class, loader).iterator();
        while (true) {
            try {
                return found.hasNext() ? found.next() : null;
            } catch (ServiceConfigurationError e) {
                // a provider bound to another copy of this class, or one whose libraries are missing: the next may do
                continue;
            }
        }
    }

    @Override
    public byte[] exchange(byte[] request) {
        return channel.exchange(request);
    }

    @Override
    public boolean isSlow() {
        return false;
    }

    @Override
    public void close() {
        channel.close();
    }
}
