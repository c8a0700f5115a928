/**
 * How a tool connects: the JDBC driver behind {@code jdbc:calque:} URLs.
 *
 * <p>It stands alone, sees no other module, and is delivered as one jar whose dependencies are relocated, in Java 8
 * bytecode.
 */
package io.calque.driver;
