package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedEngine;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver as people get it: one jar, and nothing else on the class path. */
@Timeout(60)
class DriverJarIT {
    private static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("calque.root"), "driver", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("calque-driver-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void worksAlone() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
        try (HttpServer server = HttpServer.start(
                        HttpServerConfig.of("127.0.0.1", 0), new ScriptedEngine(), Authenticator.open());
                URLClassLoader alone =
                        new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            List<Driver> drivers = ServiceLoader.load(Driver.class, alone).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(driver -> driver.getClass().getClassLoader() == alone)
                    .toList();
            assertThat(drivers).hasSize(1);
            String url = "jdbc:calque://127.0.0.1:" + server.port() + "/";
            try (Connection connection = drivers.get(0).connect(url, new Properties());
                    PreparedStatement statement = connection.prepareStatement("echo DATE; BIGINT ARRAY")) {
                statement.setObject(1, LocalDate.of(2024, 2, 29));
                statement.setArray(2, connection.createArrayOf("BIGINT", new Object[] {1L, 2L}));
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    assertThat(rows.getObject(1, LocalDate.class)).isEqualTo("2024-02-29");
                    assertThat((Object[]) rows.getArray(2).getArray()).containsExactly(1L, 2L);
                }
                long count = 0;
                try (ResultSet rows = connection.createStatement().executeQuery("rows 50000")) {
                    while (rows.next()) {
                        count++;
                    }
                }
                assertThat(count).isEqualTo(50_000);
                assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Calque");
                assertThat(connection
                                .getMetaData()
                                .getProcedures(null, null, null)
                                .next())
                        .isFalse();
                assertThatThrownBy(() -> connection.createStatement().executeQuery("nonsense"))
                        .hasMessageContaining("Nothing is scripted");
            }
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(alone);
            try {
                assertThatThrownBy(() -> drivers.get(0).connect("jdbc:calque:file:calque.yaml", new Properties()))
                        .hasMessageContaining("Add calque-app.jar");
            } finally {
                Thread.currentThread().setContextClassLoader(context);
            }
        } finally {
            System.setErr(before);
        }
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .doesNotContain("SLF4J")
                .doesNotContain("Exception");
    }

    @Test
    void holdsOnlyRelocatedClassesOfJava8() throws IOException {
        try (JarFile file = new JarFile(jar().toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                if (entry.getName().endsWith(".class")) {
                    assertThat(entry.getName()).startsWith("io/calque/driver/");
                    try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
                        in.readInt();
                        in.readUnsignedShort();
                        assertThat(in.readUnsignedShort()).as(entry.getName()).isLessThanOrEqualTo(52);
                    }
                }
            }
        }
        assertThat(Files.size(jar())).isLessThan(5_000_000);
    }
}
