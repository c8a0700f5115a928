package io.calque.driver;

/** The driver's version, as JDBC asks for it. */
final class Product {
    static final int MAJOR = 0;
    static final int MINOR = 1;
    static final String VERSION = "0.1.0";
    static final String NAME = "Calque JDBC Driver";
    static final String PRODUCT = "Calque";

    private Product() {}
}
