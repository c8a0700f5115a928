/**
 * From text to a compiled plan: parse, resolve, validate, convert, optimise, compile. Single-threaded per statement.
 */
@NullMarked
package io.calque.engine.prepare;

import org.jspecify.annotations.NullMarked;
