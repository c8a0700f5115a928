/**
 * How people get in: the Avatica endpoint, the HTTP interface, the command line, configuration and the demo.
 *
 * <p>Top floor of the house; {@code Main} wires everything by hand.
 */
@NullMarked
package io.calque.app;

import org.jspecify.annotations.NullMarked;
