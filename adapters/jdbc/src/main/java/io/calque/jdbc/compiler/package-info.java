/**
 * Fragments of relational algebra said in a database's SQL: one SELECT where one will do, the same text for the same fragment.
 *
 * <p>The only package of this module, beside the two capability lists, that sees Calcite. Never connects; thread-safe.
 */
@NullMarked
package io.calque.jdbc.compiler;

import org.jspecify.annotations.NullMarked;
