package io.calque.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/**
 * JDBC for Calque: {@code jdbc:calque://host:port/[catalog][?name=value&...]} and {@code jdbc:calque:file:calque.yaml}.
 * Thread-safe.
 */
public final class CalqueDriver extends UnregisteredDriver {
    static {
        try {
            DriverManager.registerDriver(new CalqueDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For {@code ServiceLoader} and tools that make drivers themselves. */
    public CalqueDriver() {
        super();
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        ConnectionUrl target = ConnectionUrl.parse(url, info);
        Transport transport =
                target.isLocal() ? LocalTransport.open(target.file(), target.properties()) : HttpTransport.open(target);
        RemoteSession session = new RemoteSession(transport, openProperties(target));
        boolean opened = false;
        try {
            CalqueConnection connection = new CalqueConnection(this, (CalqueFactory) factory, url, target, session);
            session.open();
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                transport.close();
            }
        }
    }

    private static Map<String, String> openProperties(ConnectionUrl target) {
        Map<String, String> properties = new TreeMap<>(target.sessionSettings());
        for (Option option : new Option[] {Option.CATALOG, Option.SCHEMA}) {
            if (target.get(option) != null) {
                properties.put(option.key(), target.get(option));
            }
        }
        return properties;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url != null && url.startsWith(ConnectionUrl.PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        Map<String, String> given =
                url != null && acceptsURL(url) ? ConnectionUrl.parse(url, info).properties() : new TreeMap<>();
        List<DriverPropertyInfo> properties = new ArrayList<>();
        for (Option option : Option.values()) {
            String value = given.getOrDefault(option.key(), option.defaultValue());
            DriverPropertyInfo property = new DriverPropertyInfo(option.key(), value);
            property.description = option.description();
            properties.add(property);
        }
        return properties.toArray(new DriverPropertyInfo[0]);
    }

    @Override
    protected String getConnectStringPrefix() {
        return ConnectionUrl.PREFIX;
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new CalqueFactory();
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return new DriverVersion(
                Product.NAME,
                Product.VERSION,
                Product.PRODUCT,
                Product.VERSION,
                false,
                Product.MAJOR,
                Product.MINOR,
                Product.MAJOR,
                Product.MINOR);
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return new CalqueMeta(connection);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.calque.driver");
    }
}
