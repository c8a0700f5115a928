/**
 * How a query is run: sessions, prepared statements, running queries and their rows.
 *
 * <p>Floor 2 of the house. {@link io.calque.engine.SessionFactory} is the door; rooms below it parse and plan
 * ({@code prepare}), run ({@code exec}) and describe ({@code system}).
 */
@NullMarked
package io.calque.engine;

import org.jspecify.annotations.NullMarked;
