package io.calque.registry.store;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A digest of all that a table is, without its statistics: equal exactly when nothing about its shape changed.
 * Single-threaded; every text goes in with its length, so that no two tables have the same bytes.
 */
final class TableFingerprint {
    private final MessageDigest digest;

    private TableFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 32 hexadecimal digits. */
    static String of(TableDescriptor table) {
        TableFingerprint print = new TableFingerprint();
        print.table(table);
        return HexFormat.of().formatHex(print.digest.digest(), 0, 16);
    }

    private void table(TableDescriptor table) {
        texts(table.name().path());
        text(table.kind().name());
        text(table.comment());
        facts(table.facts());
        number(table.columns().size());
        table.columns().forEach(this::column);
        table.primaryKey().ifPresentOrElse(this::key, () -> number(-1));
        number(table.uniqueKeys().size());
        table.uniqueKeys().forEach(this::key);
        number(table.foreignKeys().size());
        table.foreignKeys().forEach(key -> {
            text(key.name());
            texts(key.columns());
            texts(key.target().path());
            texts(key.targetColumns());
        });
        number(table.indexes().size());
        table.indexes().forEach(index -> {
            text(index.name());
            text(index.kind());
            text(index.condition());
            flag(index.unique());
            number(index.columns().size());
            index.columns().forEach(column -> {
                text(column.name());
                flag(column.expression());
                flag(column.descending());
            });
        });
        table.nestedIn().ifPresentOrElse(this::nesting, () -> number(-1));
    }

    private void column(ColumnDescriptor column) {
        text(column.name());
        texts(column.path());
        text(column.type().toString());
        text(column.nativeType());
        flag(column.nullable());
        column.defaultValue().ifPresentOrElse(this::text, () -> number(-1));
        text(column.generation().name());
        text(column.comment());
        facts(column.facts());
    }

    private void key(KeyDescriptor key) {
        text(key.name());
        texts(key.columns());
    }

    private void nesting(NestedIn nesting) {
        texts(nesting.collection().path());
        texts(nesting.parent().path());
        number(nesting.arrays().size());
        nesting.arrays().forEach(this::texts);
    }

    private void facts(Map<String, String> facts) {
        number(facts.size());
        facts.forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    private void texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void flag(boolean value) {
        number(value ? 1 : 0);
    }

    private void number(int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
    }
}
