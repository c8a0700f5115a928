package io.calque.spi.source;

/** Hears how far long work has come. May be called from several threads. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = (done, total, what) -> {};

    /**
     * @param done finished parts
     * @param total all parts; 0 while unknown
     * @param what the part now worked on, for people
     */
    void report(long done, long total, String what);
}
