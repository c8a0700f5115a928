/**
 * How a tool connects: the JDBC driver behind {@code jdbc:calque:} URLs.
 *
 * <p>It stands alone, sees no other module, and is delivered as one jar whose dependencies are relocated, in Java 8
 * bytecode. A request walks {@code CalqueStatement > RemoteSession > Transport}; the transport is HTTP, or a
 * {@link io.calque.driver.LocalEngine} in the same process, and both carry the same bytes: Avatica's protobuf messages,
 * with rows as columnar frames ({@link io.calque.driver.WireFields}) where both ends are Calque's.
 *
 * <p>The JDBC objects extend Avatica's and correct them: cancel and timeouts reach the server, errors carry their SQLSTATE,
 * values come as {@code java.time} types too, and the metadata is whole. The driver extends Avatica's unregistered driver
 * and not its remote one, because the latter registers itself for a URL prefix of its own when its class is loaded.
 *
 * <p>Threads: as JDBC has it, a connection and its statements belong to one thread at a time; only {@code cancel} may come
 * from another.
 */
package io.calque.driver;
